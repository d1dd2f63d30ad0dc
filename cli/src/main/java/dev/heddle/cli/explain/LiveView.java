package dev.heddle.cli.explain;

import dev.heddle.crds.live.LiveVerdict;

/** What a node's daemon said of one half of a connection. */
public sealed interface LiveView {

    /**
     * It answered.
     *
     * @param generation of the NodeState that was in force
     */
    record Answered(long generation, LiveVerdict verdict) implements LiveView {}

    /** There is no answer, and this is why. */
    record Silent(String why) implements LiveView {}
}
