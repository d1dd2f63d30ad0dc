package dev.heddle.cli.whatif;

import dev.heddle.cli.whatif.Change.Ports;
import dev.heddle.policy.oracle.Judgement;
import dev.heddle.policy.rule.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one end has to say to a peer at every port: stretches of ports that all of its rules treat alike. */
final class Say {

    /** Protocols that rules tell apart, and one for all others. */
    static final int[] PROTOCOLS = {6, 17, 132, 1};

    static final int LAST_PORT = 65535;

    /** An end whose rules are not asked: it accepts everything, before and after. */
    static final Say YES = new Say(List.of(
            Stretch.all(PROTOCOLS[0]),
            Stretch.all(PROTOCOLS[1]),
            Stretch.all(PROTOCOLS[2]),
            Stretch.all(PROTOCOLS[3])));

    private final List<Stretch> stretches;
    private final boolean changes;

    /** @param stretches in the order of {@link #PROTOCOLS}, then of ports; together they cover all of them */
    Say(List<Stretch> stretches) {
        this.stretches = List.copyOf(stretches);
        this.changes = stretches.stream()
                .anyMatch(stretch ->
                        stretch.before().accepted() != stretch.after().accepted());
    }

    /** Whether anything is different afterwards. */
    boolean changes() {
        return changes;
    }

    /**
     * Where a flow's verdict changes whose sender says this: both ends must accept. Stretches are cut into what both ends
     * have in common.
     */
    List<Ports> and(Say receiver) {
        List<Ports> ports = new ArrayList<>();
        int own = 0;
        int other = 0;
        while (own < stretches.size() && other < receiver.stretches.size()) {
            Stretch egress = stretches.get(own);
            Stretch ingress = receiver.stretches.get(other);
            add(ports, egress, ingress);
            boolean ends = egress.to() <= ingress.to();
            other += ingress.to() <= egress.to() ? 1 : 0;
            own += ends ? 1 : 0;
        }
        return List.copyOf(ports);
    }

    private static void add(List<Ports> all, Stretch egress, Stretch ingress) {
        boolean before = egress.before().accepted() && ingress.before().accepted();
        boolean after = egress.after().accepted() && ingress.after().accepted();
        if (before == after) {
            return;
        }
        Stretch changed = egress.before().accepted() != egress.after().accepted() ? egress : ingress;
        Ports ports = new Ports(
                egress.protocol(),
                Math.max(egress.from(), ingress.from()),
                Math.min(egress.to(), ingress.to()),
                after,
                because(egress.before(), ingress.before(), changed.before()),
                because(egress.after(), ingress.after(), changed.after()));
        if (!all.isEmpty() && all.getLast().isContinuedBy(ports)) {
            all.set(all.size() - 1, all.getLast().upTo(ports.to()));
        } else {
            all.add(ports);
        }
    }

    /** What denies, the sender's first; where both accept, what decides at the end that changes. */
    private static @Nullable Origin because(Verdict egress, Verdict ingress, Verdict changed) {
        return !egress.accepted() ? egress.rule() : !ingress.accepted() ? ingress.rule() : changed.rule();
    }

    /**
     * The ports {@code from} to {@code to} of a protocol; a protocol without ports has all of them, as one stretch.
     */
    record Stretch(int protocol, int from, int to, Verdict before, Verdict after) {
        static Stretch all(int protocol) {
            return new Stretch(protocol, 1, LAST_PORT, Verdict.UNASKED, Verdict.UNASKED);
        }
    }

    /** Whether the end accepts, and the rule that decided; null when none did. */
    record Verdict(boolean accepted, @Nullable Origin rule) {

        static final Verdict UNASKED = new Verdict(true, null);

        static Verdict of(Judgement judgement) {
            var decided = judgement.decidedBy();
            return new Verdict(judgement.accepted(), decided == null ? null : decided.origin());
        }
    }
}
