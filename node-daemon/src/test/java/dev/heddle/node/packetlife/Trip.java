package dev.heddle.node.packetlife;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.DropReason;

/**
 * What became of a packet.
 *
 * @param returned what the program returned
 * @param reason whose counter went up
 */
record Trip(int returned, DropReason reason) {
    private static final int TCX_NEXT = -1;
    private static final int TC_ACT_SHOT = 2;
    private static final int TC_ACT_REDIRECT = 7;

    /** No hook of this node saw it. */
    static final Trip PASSED = new Trip(TCX_NEXT, DropReason.NONE);

    boolean hasPassed() {
        return returned == TCX_NEXT;
    }

    void passes() {
        assertThat(this).isEqualTo(PASSED);
    }

    /** Back to the pod that sent it. */
    void turnsRound() {
        assertThat(this).isEqualTo(new Trip(TC_ACT_REDIRECT, DropReason.NONE));
    }

    void dropped(DropReason expected) {
        assertThat(this).isEqualTo(new Trip(TC_ACT_SHOT, expected));
    }

    /** The usual reason. */
    void denied() {
        dropped(DropReason.POLICY_DENIED);
    }
}
