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

/**
 * The say of all pods with the same rules, in one direction, before and after a change. Peers that match the same of these
 * rules get one answer, found by the oracle once for each stretch of ports between the numbers that the rules name.
 */
final class Judge {

    private static final BitSet NONE = new BitSet();

    private final Direction direction;
    private final List<Rule> before;
    private final List<Rule> after;
    private final boolean concerned;
    private final List<List<Peer>> questions;
    private final List<String> portNames;
    private final Map<Signature, Say> said = new HashMap<>();

    /** What these rules can see of a peer. */
    private record Signature(long few, BitSet more, List<NamedPort> ports, boolean ownNode) {}

    Judge(Direction direction, List<Rule> before, List<Rule> after) {
        this.direction = direction;
        this.before = before;
        this.after = after;
        this.concerned = !before.equals(after);
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
        return concerned;
    }

    /** What the pods say to a peer, by the subject's and the peer's address of one family. */
    Say to(Party.Pod subject, Party peer) {
        long few = 0;
        BitSet more = questions.size() > Long.SIZE ? new BitSet() : NONE;
        for (int i = 0; i < questions.size(); i++) {
            if (matches(questions.get(i), peer)) {
                if (i < Long.SIZE) {
                    few |= 1L << i;
                } else {
                    more.set(i);
                }
            }
        }
        List<NamedPort> ports = portsAt(direction == Direction.INGRESS ? subject : peer);
        boolean own = peer instanceof Party.Node node && node.own();
        return said.computeIfAbsent(new Signature(few, more, ports, own), one -> ask(subject, peer, one.ports()));
    }

    private static boolean matches(List<Peer> question, Party peer) {
        for (Peer term : question) {
            if (Oracle.matches(term, peer)) {
                return true;
            }
        }
        return false;
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
