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
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Rules as terms. Port names are resolved here: of ingress by the endpoint itself, of egress by one term for
 * each number that some identity gives the name.
 */
final class Terms {

    private final Collection<NamedPort> peerPorts;
    private final Interned<Matcher> matchers = new Interned<>();
    private final Interned<List<PortMatch>> portLists = new Interned<>();
    private final Interned<Term> terms = new Interned<>();

    /** @param peerPorts every named port of every identity */
    Terms(Collection<NamedPort> peerPorts) {
        this.peerPorts = new TreeSet<>(peerPorts);
    }

    List<Matcher> matchers() {
        return matchers.values();
    }

    List<List<PortMatch>> portLists() {
        return portLists.values();
    }

    /** The terms of a rule, whose number is given, for one of its endpoints, in the order of evaluation. */
    List<Term> of(int number, Rule rule, LocalEndpoint endpoint) {
        boolean accepts = rule.action() == Action.ACCEPT;
        List<PortMatch> ports = new ArrayList<>();
        List<Term> byPeer = new ArrayList<>();
        List<Term> unresolved = new ArrayList<>();
        for (PortMatch match : rule.ports()) {
            if (!(match instanceof PortMatch.Named named)) {
                ports.add(match);
            } else if (rule.direction() == Direction.INGRESS) {
                resolved(named, endpoint.ports()).map(Terms::range).forEach(ports::add);
            } else {
                resolved(named, peerPorts)
                        .forEach(port -> byPeer.add(term(
                                number, rule, new Matcher(rule.peers(), accepts, port, false), List.of(range(port)))));
                if (!accepts) {
                    unresolved.add(term(number, rule, new Matcher(rule.peers(), false, null, true), anyPort(named)));
                }
            }
        }
        List<Term> found = new ArrayList<>();
        if (rule.ports().isEmpty() || !ports.isEmpty()) {
            found.add(term(number, rule, new Matcher(rule.peers(), accepts, null, false), ports));
        }
        found.addAll(byPeer);
        found.addAll(unresolved); // after the ports by number: those are known, and a Pass passes on them
        return found;
    }

    private Term term(int number, Rule rule, Matcher matcher, List<PortMatch> ports) {
        Term term = new Term(
                number, rule.tier(), rule.action(), matchers.index(matcher), portLists.index(List.copyOf(ports)));
        return terms.values().get(terms.index(term));
    }

    private static Stream<NamedPort> resolved(PortMatch.Named named, Collection<NamedPort> ports) {
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
