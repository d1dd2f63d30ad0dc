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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask. Port names are resolved here: of ingress by the endpoint itself, of egress by one ask for
 * each number that some identity gives the name.
 */
final class Asks {

    private final Map<String, List<NamedPort>> peerPorts;
    private final Memory memory;
    private final IdentityHashMap<Rule, List<Ask>> egress = new IdentityHashMap<>();

    /**
     * Starts without any.
     *
     * @param ports all named ports of peers
     * @param memory of what rules ask
     */
    Asks(Collection<NamedPort> ports, Memory memory) {
        this.memory = memory;
        this.peerPorts = ports.stream().sorted().collect(Collectors.groupingBy(NamedPort::name));
    }

    /** What a rule asks for one of its endpoints, in the order of evaluation. */
    List<Ask> of(Rule rule, LocalEndpoint endpoint) {
        if (!namesPorts(rule)) {
            return memory.asks(rule, Asks::plain);
        }
        return rule.direction() == Direction.INGRESS // of which every endpoint has ports of its own
                ? named(rule, endpoint.ports())
                : egress.computeIfAbsent(rule, one -> named(one, List.of()));
    }

    private static boolean namesPorts(Rule rule) {
        for (PortMatch match : rule.ports()) {
            if (match instanceof PortMatch.Named) {
                return true;
            }
        }
        return false;
    }

    private static List<Ask> plain(Rule rule) {
        return List.of(ask(rule, null, false, rule.ports()));
    }

    private List<Ask> named(Rule rule, List<NamedPort> ownPorts) {
        List<PortMatch> ports = new ArrayList<>();
        List<Ask> byPeer = new ArrayList<>();
        List<Ask> unresolved = new ArrayList<>();
        for (PortMatch match : rule.ports()) {
            if (!(match instanceof PortMatch.Named named)) {
                ports.add(match);
            } else if (rule.direction() == Direction.INGRESS) {
                resolved(named, ownPorts).map(Asks::range).forEach(ports::add);
            } else {
                resolved(named, peerPorts.getOrDefault(named.name(), List.of()))
                        .forEach(port -> byPeer.add(ask(rule, port, false, List.of(range(port)))));
                if (rule.action() != Action.ACCEPT) {
                    unresolved.add(ask(rule, null, true, anyPort(named)));
                }
            }
        }
        List<Ask> found = new ArrayList<>();
        if (!ports.isEmpty()) {
            found.add(ask(rule, null, false, List.copyOf(ports)));
        }
        found.addAll(byPeer);
        found.addAll(unresolved); // after the ports by number: those are known, and a Pass passes on them
        return found;
    }

    private static Ask ask(Rule rule, @Nullable NamedPort port, boolean unresolved, List<PortMatch> ports) {
        boolean accepts = rule.action() == Action.ACCEPT;
        return new Ask(rule.tier(), rule.action(), new Matcher(rule.peers(), accepts, port, unresolved), ports);
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
