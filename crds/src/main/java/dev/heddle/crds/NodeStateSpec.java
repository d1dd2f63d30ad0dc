package dev.heddle.crds;

import io.fabric8.generator.annotation.Default;

/**
 * What the node is there for. Which rules it enforces is said by the {@link PolicyHead} of each namespace that has pods on it,
 * and by the cluster-wide one.
 *
 * @param mode what the node does with them
 */
@Wire
public record NodeStateSpec(@Default("Enforce") Mode mode) {

    public NodeStateSpec {
        mode = mode == null ? Mode.Enforce : mode;
    }

    /**
     * Enforce: the kernel runs the rules. Detach: Heddle is being uninstalled; the node removes its programs and
     * its CNI configuration, reports the condition {@code Detached}, and attaches nothing any more.
     */
    public enum Mode {
        Enforce,
        Detach
    }
}
