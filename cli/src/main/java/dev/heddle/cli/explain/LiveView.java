package dev.heddle.cli.explain;

import dev.heddle.crds.live.LiveVerdict;

/** What a node's daemon said of one half of a connection. */
public sealed interface LiveView {

    /**
     * It answered.
     *
     * @param sequence all that PolicyHeads told the node up to it was in force
     */
    record Answered(long sequence, LiveVerdict verdict) implements LiveView {}

    /** There is no answer, and this is why. */
    record Silent(String why) implements LiveView {}
}
