package dev.heddle.node.events;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.policy.rule.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says drops in words, a few a second at most: the pod, the packet, and the rule that decided. What was left out is
 * counted and said with the next one.
 */
public final class DropLog {

    private static final int LINES_PER_SECOND = 10;
    private static final long SECOND = 1_000_000_000L;

    private final Consumer<String> lines;
    private final LongSupplier nanos;
    private volatile Names names = new Names(0, Map.of(), List.of());
    private long second = Long.MIN_VALUE;
    private int left;
    private long leftOut;

    /**
     * What numbers mean.
     *
     * @param revision whose rules these are
     * @param pods {@code namespace/name} by ifindex
     * @param rules of the image of that revision
     */
    public record Names(int revision, Map<Integer, String> pods, List<Rule> rules) {}

    /** Writes lines there; {@code nanos} is a clock. */
    public DropLog(Consumer<String> lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
    }

    /** From any thread. */
    public void names(Names now) {
        names = now;
    }

    /** Takes a record. */
    public void accept(PacketEvent event) {
        if (!event.dropped()) {
            return;
        }
        long now = nanos.getAsLong() / SECOND;
        if (now != second) {
            second = now;
            left = LINES_PER_SECOND;
        }
        leftOut += event.suppressed();
        if (left == 0) {
            leftOut++;
            return;
        }
        left--;
        lines.accept(text(event, names) + (leftOut == 0 ? "" : "; " + leftOut + " more were dropped before this"));
        leftOut = 0;
    }

    private static String text(PacketEvent event, Names known) {
        return "dropped " + event.direction().name().toLowerCase(Locale.ROOT) + " of "
                + known.pods().getOrDefault(event.ifindex(), "device " + event.ifindex()) + ": " + protocol(event)
                + " " + end(event.source(), event.sourcePort()) + " -> "
                + end(event.destination(), event.destinationPort()) + ", " + event.reason() + rule(event, known);
    }

    /** Numbers mean something in their own revision only. */
    private static String rule(PacketEvent event, Names known) {
        if (event.rule() == 0) {
            return "";
        }
        if (event.revision() != known.revision() || event.rule() > known.rules().size()) {
            return " by rule " + event.rule() + " of revision " + event.revision();
        }
        return " by " + known.rules().get(event.rule() - 1).origin();
    }

    /** RFC 5952, section 6: an IPv6 address with a port is in brackets. */
    private static String end(Address address, int port) {
        return (address instanceof Ipv6 ? "[" + address + "]" : address) + ":" + port;
    }

    private static String protocol(PacketEvent event) {
        return switch (event.protocol()) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 58 -> "ICMPv6";
            case 132 -> "SCTP";
            default -> "protocol " + event.protocol();
        };
    }
}
