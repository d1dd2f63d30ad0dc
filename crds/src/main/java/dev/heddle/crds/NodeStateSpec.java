package dev.heddle.crds;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * One consistent cut of the policy sets of the namespaces that have pods on the node, and of the cluster-wide one.
 *
 * <p>One writer writes it whole, so its list is atomic for server-side apply, which halves what a write costs the API
 * server (docs/adr/0007).
 *
 * @param mode what the node does with the sets
 * @param sets one entry for each namespace on the node, and one for the cluster
 */
@Wire
public record NodeStateSpec(
        @Default("Enforce") Mode mode, @Size(max = 10000) List<NamespaceSet> sets) {

    public NodeStateSpec {
        mode = mode == null ? Mode.Enforce : mode;
        sets = Lists.copyOf(sets);
    }

    /** A node that enforces. */
    public NodeStateSpec(List<NamespaceSet> sets) {
        this(Mode.Enforce, sets);
    }

    /**
     * Enforce: the kernel runs the sets. Detach: Heddle is being uninstalled; the node removes its programs and
     * its CNI configuration, reports the condition {@code Detached}, and attaches nothing any more.
     */
    public enum Mode {
        Enforce,
        Detach
    }

    /**
     * The policy set of one namespace.
     *
     * @param namespace the namespace; empty: the rules of the whole cluster
     * @param set name of the set without a chunk's index; empty: there is no policy
     * @param chunks number of chunks of the set; 0 when there is none
     */
    @Wire
    public record NamespaceSet(
            @Required String namespace,
            @Required String set,
            @Required int chunks) {}
}
