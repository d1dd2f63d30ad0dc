package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.heddle.policy.rule.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel's tables say of one flow at one end.
 *
 * @param revision the live epoch of the node's tables when they were read
 * @param why for people; empty when the rule says it all
 * @param rule the object and field that decided; null when none did
 * @param places where in the tables the answer was found; null when they were not asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LiveVerdict(
        Outcome outcome,
        long revision,
        String why,
        @Nullable Origin rule,
        @Nullable Places places) {

    /** What would become of the flow's first packet. */
    public enum Outcome {
        /** The tables let it pass. */
        ALLOWED,
        /** The tables drop it. */
        DENIED,
        /** Everything of this pod is dropped: its policy is not known. */
        CLOSED,
        /** It passes unseen: the pod's device does not carry Heddle's programs. */
        UNFILTERED,
        /** The daemon knows no such pod on its node. */
        UNKNOWN_POD;

        /** Whether the packet would pass; of a pod that is not known nobody can say. */
        public boolean passes() {
            return this == ALLOWED || this == UNFILTERED;
        }
    }

    /**
     * Indexes in the node's tables; they mean something in this revision only.
     *
     * @param peer number of the other end
     * @param peerClass of peers that every rule of the node treats alike
     * @param portClass of ports that every rule of the node treats alike
     * @param rule number of the rule, from 1; 0 when none decided
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Places(int ifindex, int subject, int peer, int peerClass, int row, int portClass, int rule) {

        private static final int WORLD = 0;
        private static final int HOST = 1;
        private static final int PENDING = 2;

        /** Who the node takes the other end for, in words. */
        public String peerText() {
            return switch (peer) {
                case WORLD -> "the world";
                case HOST -> "the node itself";
                case PENDING -> "pending";
                default -> "peer " + peer;
            };
        }

        /** Whether the node has not heard yet who has the address. */
        public boolean isPending() {
            return peer == PENDING;
        }
    }
}
