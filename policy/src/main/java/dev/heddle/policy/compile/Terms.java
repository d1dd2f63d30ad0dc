package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules as terms. Port names are resolved here: of ingress by the endpoint itself, of egress by one term for
 * each number that some identity gives the name.
 */
final class Terms {

    private final List<Rule> rules;
    private final int[] numbers;
    private final Map<String, List<NamedPort>> peerPorts;
    private final Memory memory;
    private final List<@Nullable List<Term>> ofRule;
    private final Interned<Matcher> matchers = new Interned<>();
    private final Interned<List<PortMatch>> portLists = new Interned<>();

    /**
     * Starts without terms.
     *
     * @param rules in the order of evaluation
     * @param numbered those that have a number: the first of them has 1, and so on
     * @param ports all named ports of peers
     * @param memory of what rules ask
     */
    Terms(List<Rule> rules, BitSet numbered, Collection<NamedPort> ports, Memory memory) {
        this.rules = rules;
        this.memory = memory;
        this.ofRule = new ArrayList<>(Collections.nCopies(rules.size(), null));
        this.numbers = new int[rules.size()];
        int number = 0;
        for (int rule = numbered.nextSetBit(0); rule >= 0; rule = numbered.nextSetBit(rule + 1)) {
            numbers[rule] = ++number;
        }
        this.peerPorts = ports.stream().sorted().collect(Collectors.groupingBy(NamedPort::name));
    }

    List<Matcher> matchers() {
        return matchers.values();
    }

    List<List<PortMatch>> portLists() {
        return portLists.values();
    }

    /** The terms of a rule, by its place in the order, for one of its endpoints; in the order of evaluation. */
    List<Term> of(int rule, LocalEndpoint endpoint) {
        List<Term> known = ofRule.get(rule);
        if (known != null) {
            return known;
        }
        Rule one = rules.get(rule);
        boolean named = namesPorts(one);
        List<Term> found = named ? named(one, numbers[rule], endpoint.ports()) : plain(one, numbers[rule]);
        if (!named || one.direction() == Direction.EGRESS) { // of ingress every endpoint has ports of its own
            ofRule.set(rule, found);
        }
        return found;
    }

    private static boolean namesPorts(Rule rule) {
        for (PortMatch match : rule.ports()) {
            if (match instanceof PortMatch.Named) {
                return true;
            }
        }
        return false;
    }

    private List<Term> plain(Rule rule, int number) {
        Memory.Plain plain = memory.plain(
                rule,
                one -> new Memory.Plain(
                        new Matcher(one.peers(), one.action() == Action.ACCEPT, null, false), one.ports()));
        return List.of(term(number, rule, plain.matcher(), plain.ports()));
    }

    private List<Term> named(Rule rule, int number, List<NamedPort> ownPorts) {
        boolean accepts = rule.action() == Action.ACCEPT;
        List<PortMatch> ports = new ArrayList<>();
        List<Term> byPeer = new ArrayList<>();
        List<Term> unresolved = new ArrayList<>();
        for (PortMatch match : rule.ports()) {
            if (!(match instanceof PortMatch.Named named)) {
                ports.add(match);
            } else if (rule.direction() == Direction.INGRESS) {
                resolved(named, ownPorts).map(Terms::range).forEach(ports::add);
            } else {
                resolved(named, peerPorts.getOrDefault(named.name(), List.of()))
                        .forEach(port -> byPeer.add(term(
                                number, rule, new Matcher(rule.peers(), accepts, port, false), List.of(range(port)))));
                if (!accepts) {
                    unresolved.add(term(number, rule, new Matcher(rule.peers(), false, null, true), anyPort(named)));
                }
            }
        }
        List<Term> found = new ArrayList<>();
        if (!ports.isEmpty()) {
            found.add(term(number, rule, new Matcher(rule.peers(), accepts, null, false), ports));
        }
        found.addAll(byPeer);
        found.addAll(unresolved); // after the ports by number: those are known, and a Pass passes on them
        return found;
    }

    private Term term(int number, Rule rule, Matcher matcher, List<PortMatch> ports) {
        return new Term(number, rule.tier(), rule.action(), matchers.index(matcher), portLists.index(ports));
    }

    private static Stream<NamedPort> resolved(PortMatch.Named named, List<NamedPort> ports) {
        return ports.stream()
                .filter(port -> port.name().equals(named.name())
                        && named.isOf(port.protocol().number()));
    }

    private static List<PortMatch> anyPort(PortMatch.Named named) {
        return Arrays.stream(Protocol.values())
                .filter(protocol -> named.isOf(protocol.number()))
                .<PortMatch>map(PortMatch.AnyPort::new)
                .toList();
    }

    private static PortMatch range(NamedPort port) {
        return new PortMatch.Range(port.protocol(), port.port(), port.port());
    }
}
