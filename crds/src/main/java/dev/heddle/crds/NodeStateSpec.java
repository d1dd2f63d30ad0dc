package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * One consistent cut of the policy sets of the namespaces that have pods on the node.
 *
 * @param sets one entry for each namespace on the node
 */
@Wire
@SchemaCustomizer(value = ListMap.class, input = "sets: namespace")
public record NodeStateSpec(@Size(max = 10000) List<NamespaceSet> sets) {

    public NodeStateSpec {
        sets = Lists.copyOf(sets);
    }

    /**
     * The policy set of one namespace.
     *
     * @param set name of the set without a chunk's index; empty: the namespace has no policy
     * @param chunks number of chunks of the set; 0 when there is none
     */
    @Wire
    public record NamespaceSet(
            @Required String namespace,
            @Required String set,
            @Required int chunks) {}
}
