package dev.heddle.cli.whatif;

import dev.heddle.cli.facts.RuleBook;
import dev.heddle.cli.whatif.Change.Ports;
import dev.heddle.cli.whatif.Group.Kind;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through the pairs of groups that a change can concern: those with an end whose rules it changes. */
final class Comparison {

    private final List<Seat> seats = new ArrayList<>();
    private final Map<Pair, List<Ports>> merged = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private long compared;

    /** A group with its judges; only pods have any. */
    private record Seat(
            int number,
            Group group,
            @Nullable Judge egress,
            @Nullable Judge ingress) {

        boolean sendsUnderOtherRules() {
            return egress != null && egress.isConcerned();
        }

        boolean receivesUnderOtherRules() {
            return ingress != null && ingress.isConcerned();
        }
    }

    /** What two ends say; equal only if it is the very same. */
    private record Pair(Say sender, Say receiver) {}

    Comparison(List<Group> groups, RuleBook before, RuleBook after) {
        Judges judges = new Judges(before, after);
        for (Group group : groups) {
            Judge egress = null;
            Judge ingress = null;
            if (group.parties().getFirst() instanceof Party.Pod pod) {
                egress = judges.of(pod, Direction.EGRESS);
                ingress = judges.of(pod, Direction.INGRESS);
            }
            seats.add(new Seat(seats.size(), group, egress, ingress));
        }
        for (Seat from : seats) {
            for (Seat to : seats) {
                if (from.sendsUnderOtherRules() || to.receivesUnderOtherRules()) {
                    compare(from, to);
                }
            }
        }
    }

    List<Change> changes() {
        return changes;
    }

    /** How many pairs were looked at. */
    long compared() {
        return compared;
    }

    private void compare(Seat from, Seat to) {
        Group sender = from.group();
        Group receiver = to.group();
        if (from.number() == to.number() && sender.size() == 1) {
            return; // a pod always reaches itself
        }
        compared++;
        boolean samePlace =
                sender.nodes().equals(receiver.nodes()) && sender.nodes().size() == 1;
        if (receiver.kind() == Kind.NODES) {
            if (receiver.nodes().stream().anyMatch(sender.nodes()::contains)) {
                compare(from, to, true);
            }
            if (!samePlace) {
                compare(from, to, false);
            }
        } else if (sender.kind() != Kind.NODES || !samePlace) {
            // A node always reaches its own pods; to the pods of others it is no more than its address.
            compare(from, to, false);
        }
    }

    private void compare(Seat from, Seat to, boolean ownNode) {
        Optional<List<Ports>> ipv4 = ports(from, to, true, ownNode);
        Optional<List<Ports>> ipv6 = ports(from, to, false, ownNode);
        if (ipv4.isEmpty() || ipv6.isEmpty() || ipv4.equals(ipv6)) {
            add(from, to, ownNode, "", ipv4.or(() -> ipv6));
        } else {
            add(from, to, ownNode, "IPv4", ipv4);
            add(from, to, ownNode, "IPv6", ipv6);
        }
    }

    private void add(Seat from, Seat to, boolean ownNode, String family, Optional<List<Ports>> ports) {
        ports.filter(some -> !some.isEmpty())
                .ifPresent(some -> changes.add(new Change(from.group(), to.group(), ownNode, family, some)));
    }

    /** Where the verdict changes; empty when the two ends cannot meet by this family. */
    private Optional<List<Ports>> ports(Seat from, Seat to, boolean ipv4, boolean ownNode) {
        Optional<Party> sender = from.group().party(ipv4);
        Optional<Party> receiver = to.group().party(ipv4);
        if (sender.isEmpty() || receiver.isEmpty()) {
            return Optional.empty();
        }
        Party asReceiver = asReceiver(receiver.get(), ownNode);
        Party asSender = asSender(sender.get());
        Say egress = changed(from.egress(), sender.get(), asReceiver);
        Say ingress = changed(to.ingress(), receiver.get(), asSender);
        if (egress == null && ingress == null) {
            return Optional.of(List.of());
        }
        Pair pair = new Pair(
                egress != null ? egress : say(from.egress(), sender.get(), asReceiver),
                ingress != null ? ingress : say(to.ingress(), receiver.get(), asSender));
        return Optional.of(merged.computeIfAbsent(pair, one -> one.sender().and(one.receiver())));
    }

    /** What an end says if the change is about it and it says something else afterwards; otherwise null. */
    private static @Nullable Say changed(@Nullable Judge judge, Party own, Party other) {
        if (judge == null || !judge.isConcerned()) {
            return null;
        }
        Say say = say(judge, own, other);
        return say.changes() ? say : null;
    }

    private static Say say(@Nullable Judge judge, Party own, Party other) {
        return judge != null && own instanceof Party.Pod pod ? judge.to(pod, other) : Say.YES;
    }

    private static Party asReceiver(Party party, boolean ownNode) {
        return party instanceof Party.Node node ? new Party.Node(node.labels(), node.address(), ownNode) : party;
    }

    private static Party asSender(Party party) {
        return party instanceof Party.Node node ? new Party.Outside(node.address()) : party;
    }
}
