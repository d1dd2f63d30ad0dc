package dev.heddle.cli.whatif;

import dev.heddle.cli.whatif.Say.Stretch;
import dev.heddle.cli.whatif.Say.Verdict;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The say of all pods with the same rules, in one direction, before and after a change. Peers that match the same of these
 * rules get one answer, found by the oracle once for each stretch of ports between the numbers that the rules name.
 */
final class Judge {

    private final Direction direction;
    private final List<Rule> before;
    private final List<Rule> after;
    private final List<List<Peer>> questions;
    private final List<String> portNames;
    private final Map<Signature, Say> said = new HashMap<>();
    private final @Nullable Say[] byPeer;

    /** What these rules can see of a peer. */
    private record Signature(BitSet matching, List<NamedPort> ports, boolean ownNode) {}

    /** @param peers how many peers there are, as {@link #to} numbers them */
    Judge(Direction direction, List<Rule> before, List<Rule> after, int peers) {
        this.direction = direction;
        this.byPeer = new Say[peers];
        this.before = before;
        this.after = after;
        this.questions = rules().map(Rule::peers).distinct().toList();
        this.portNames = rules().flatMap(rule -> rule.ports().stream())
                .filter(PortMatch.Named.class::isInstance)
                .map(port -> ((PortMatch.Named) port).name())
                .distinct()
                .toList();
    }

    private Stream<Rule> rules() {
        return Stream.concat(before.stream(), after.stream());
    }

    /** Whether the change is about these pods at all. */
    boolean isConcerned() {
        return !before.equals(after);
    }

    /**
     * What the pods say to a peer.
     *
     * @param subject one of them, by its address of the peer's family
     * @param number of the peer, so that it is looked at once
     */
    Say to(Party.Pod subject, int number, Party peer) {
        Say known = byPeer[number];
        if (known == null) {
            known = find(subject, peer);
            byPeer[number] = known;
        }
        return known;
    }

    private Say find(Party.Pod subject, Party peer) {
        BitSet matching = new BitSet(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            if (questions.get(i).stream().anyMatch(term -> Oracle.matches(term, peer))) {
                matching.set(i);
            }
        }
        List<NamedPort> ports = portsAt(direction == Direction.INGRESS ? subject : peer);
        boolean own = peer instanceof Party.Node node && node.own();
        return said.computeIfAbsent(new Signature(matching, ports, own), one -> ask(subject, peer, one.ports()));
    }

    /** The ports of an end that some of these rules ask for by name. */
    private List<NamedPort> portsAt(Party end) {
        return portNames.isEmpty() || !(end instanceof Party.Pod pod)
                ? List.of()
                : pod.ports().stream()
                        .filter(port -> portNames.contains(port.name()))
                        .toList();
    }

    private Say ask(Party.Pod subject, Party peer, List<NamedPort> named) {
        List<Stretch> stretches = new ArrayList<>();
        for (int protocol : Say.PROTOCOLS) {
            NavigableSet<Integer> starts = starts(protocol, named);
            for (int from : starts) {
                Integer next = starts.higher(from);
                Flow flow = new Flow(subject, direction, peer, protocol, protocol == 1 ? 0 : from);
                Verdict now = Verdict.of(Oracle.judge(before, flow));
                Verdict then = isConcerned() ? Verdict.of(Oracle.judge(after, flow)) : now;
                stretches.add(new Stretch(protocol, from, next == null ? Say.LAST_PORT : next - 1, now, then));
            }
        }
        return new Say(stretches);
    }

    /** Where the answer of some rule may change. */
    private NavigableSet<Integer> starts(int protocol, List<NamedPort> named) {
        NavigableSet<Integer> starts = new TreeSet<>();
        starts.add(1);
        rules().flatMap(rule -> rule.ports().stream())
                .filter(port -> port.isOf(protocol))
                .forEach(port -> {
                    if (port instanceof PortMatch.Range range) {
                        starts.add(range.from());
                        starts.add(range.to() + 1);
                    }
                });
        named.stream().filter(port -> port.protocol().number() == protocol).forEach(port -> {
            starts.add(port.port());
            starts.add(port.port() + 1);
        });
        starts.remove(Say.LAST_PORT + 1);
        return starts;
    }
}
