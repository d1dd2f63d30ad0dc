package dev.heddle.operator.index;

import dev.heddle.crds.PolicySource;
import java.util.List;

/**
 * One PolicySet object as the API server has it, without its rules.
 *
 * @param name the object's name
 * @param set hash of the whole set's content
 * @param index which chunk of the set this is
 * @param count how many chunks the set has
 */
public record SetChunk(
        String name,
        String uid,
        String resourceVersion,
        String set,
        String namespace,
        int index,
        int count,
        List<PolicySource> sources) {

    public SetChunk {
        sources = List.copyOf(sources);
    }
}
