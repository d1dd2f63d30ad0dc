package dev.heddle.node.events;

import dev.heddle.crds.live.FlowEnd;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.Party;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record, and what its numbers meant when it came.
 *
 * @param millis when, since the epoch
 * @param local the pod at whose device it was
 * @param remote the other end
 * @param isKnown whether nothing is left to be found out
 */
record Flow(
        PacketEvent event,
        long millis,
        Party local,
        Party remote,
        @Nullable Origin rule,
        boolean isKnown) {

    /**
     * Says what the numbers mean.
     *
     * @param meaning of the record's own revision; null when that is not known
     */
    static Flow of(PacketEvent event, long millis, @Nullable Meaning meaning, OwnPods pods) {
        Party local = pods.byDevice().get(event.ifindex());
        Optional<Party> remote = meaning == null ? Optional.empty() : meaning.peer(event.peer());
        Origin rule = meaning == null ? null : meaning.rule(event.rule()).orElse(null);
        boolean known = local != null && remote.isPresent() && (rule != null || event.rule() == 0);
        Address other = event.direction() == Direction.EGRESS ? event.destination() : event.source();
        return new Flow(
                event,
                millis,
                local == null ? Party.UNKNOWN : local,
                pods.named(remote.orElse(Party.UNKNOWN), other),
                rule,
                known);
    }

    FlowVerdict verdict() {
        return event.dropped() ? FlowVerdict.DROPPED : FlowVerdict.ALLOWED;
    }

    private boolean leaves() {
        return event.direction() == Direction.EGRESS;
    }

    Party source() {
        return leaves() ? local : remote;
    }

    Party destination() {
        return leaves() ? remote : local;
    }

    FlowRecord record() {
        return new FlowRecord(
                time(millis),
                verdict(),
                event.direction(),
                event.dropped() ? event.reason() : "",
                new FlowEnd(event.source().toString(), event.sourcePort(), source()),
                new FlowEnd(event.destination().toString(), event.destinationPort(), destination()),
                event.protocol(),
                rule,
                why(),
                Integer.toUnsignedLong(event.revision()),
                event.suppressed());
    }

    private String why() {
        if (rule != null || event.peer() == PacketEvent.NOT_ASKED) {
            return "";
        }
        return event.rule() == 0
                ? "no rule decides"
                : "rule " + event.rule() + " of revision " + event.revision()
                        + ", of which the daemon does not know the object";
    }

    /** With three digits behind the second, always. */
    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString().replaceFirst("(:\\d\\d)Z$", "$1.000Z");
    }
}
