package dev.heddle.operator.index;

import dev.heddle.crds.BrokenPolicySetException;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import java.util.List;
import java.util.Map;

/**
 * What a PolicyHead says, without the rules.
 *
 * @param chunks number of PolicySet objects that hold the rules; 0 when the head does
 * @param sources the objects that the rules in the head were made from; none when PolicySets hold them
 * @param since for each of all objects, in their order, from which sequence on it is enforced with this head
 * @param sound whether the rules in the head are what it says
 */
public record HeadSummary(
        String namespace,
        long sequence,
        String set,
        int chunks,
        List<PolicySource> sources,
        List<Long> since,
        boolean sound) {

    public HeadSummary {
        sources = List.copyOf(sources);
        since = List.copyOf(since);
    }

    /**
     * What was in the head before is enforced by whoever runs that one.
     *
     * @param before as {@link Index#since} has it
     */
    public static List<Long> since(PolicySetContent content, Map<PolicySource, Long> before, long sequence) {
        return content.sources().stream()
                .map(source -> before.getOrDefault(source, sequence))
                .toList();
    }

    /** Reads what anybody may have written. */
    public static HeadSummary of(PolicyHeadSpec spec) {
        List<PolicySource> sources = List.of();
        boolean sound = true;
        try {
            sources = spec.inside().map(PolicySetContent::sources).orElse(sources);
        } catch (BrokenPolicySetException e) {
            sound = false;
        }
        return new HeadSummary(
                spec.namespace(), spec.sequence(), spec.set(), spec.chunks(), sources, spec.sinceNumbers(), sound);
    }
}
