package dev.heddle.cli.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.Owner;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.facts.PolicyObject.ClusterWide;
import dev.heddle.cli.facts.PolicyObject.Namespaced;
import dev.heddle.cli.facts.RuleBook;
import dev.heddle.cli.whatif.WhatIf.PairChange;
import dev.heddle.cli.whatif.WhatIf.PortChange;
import dev.heddle.cli.whatif.WhatIf.Verdict;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.random.Draw;
import dev.heddle.policy.random.RandomObjects;
import dev.heddle.policy.random.RandomWorld;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.text.PolicyYaml;
import dev.heddle.policy.world.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * For random clusters and random changes: at every port of every protocol between every two pods, and between pods and
 * addresses outside, what-if says exactly what
 * the oracle says of the rules before and after. Every pod is a workload of its own here.
 */
class WhatIfAgreesWithOracleTest {

    private static final int CLUSTERS = Integer.getInteger("heddle.clusters", 300);
    private static final Map<Integer, String> PROTOCOLS = Map.of(6, "TCP", 17, "UDP", 132, "SCTP", 1, "other");

    private long compared;
    private long changed;

    @Test
    void forEveryRandomChange() {
        for (long seed = Draw.SEED; seed < Draw.SEED + CLUSTERS; seed++) {
            check(seed);
        }
        System.out.printf(
                "what-if and oracle: %d verdicts agree, %d of them change; seed %d%n", compared, changed, Draw.SEED);
        // The generator must not drift to where nothing changes, or everything does.
        assertThat(changed).isBetween(compared / 50, compared / 2);
    }

    private void check(long seed) {
        Draw draw = new Draw(seed);
        World world = RandomWorld.of(draw);
        List<PolicyObject> before = policies(RandomObjects.of(draw, world));
        List<PolicyObject> more = policies(RandomObjects.of(draw, world));
        List<PolicyObject> applied = more.subList(0, Math.min(2, more.size()));
        List<PolicyObject> gone = draw.oneIn(2) || before.isEmpty() ? List.of() : List.of(before.getFirst());
        Proposal proposal =
                new Proposal(applied, gone.stream().map(PolicyObject::key).toList());
        WhatIf answer = WhatIfs.of(facts(world, before), proposal, List.of());
        List<Rule> now = RuleBook.asEnforced(before).all();
        Collection<PolicyObject> wanted = proposal.to(before);
        List<Rule> then = RuleBook.asEnforced(wanted).all();
        List<Party> parties = new ArrayList<>(world.pods());
        RandomWorld.parties(world, Direction.EGRESS).stream()
                .filter(Party.Outside.class::isInstance)
                .forEach(parties::add);
        for (Party from : parties) {
            for (Party to : parties) {
                boolean judged = from instanceof Party.Pod || to instanceof Party.Pod;
                if (judged
                        && !from.equals(to)
                        && from.address().isIpv4() == to.address().isIpv4()) {
                    compare(seed, answer, now, then, from, to);
                }
            }
        }
    }

    private void compare(long seed, WhatIf answer, List<Rule> now, List<Rule> then, Party from, Party to) {
        List<Rule> all = new ArrayList<>(now);
        all.addAll(then);
        NamedRanges ranges = new NamedRanges(all);
        String family = from.address().isIpv4() ? "IPv4" : "IPv6";
        Optional<PairChange> said = answer.pairs().stream()
                .filter(pair -> pair.from().name().equals(name(from, ranges))
                        && pair.to().name().equals(name(to, ranges))
                        && (pair.family() == null || pair.family().equals(family)))
                .findFirst();
        for (int protocol : PROTOCOLS.keySet()) {
            for (int port : protocol == 1 ? List.of(0) : ports(all, to)) {
                boolean before = Oracle.flow(now, from, to, protocol, port).accepted();
                boolean after = Oracle.flow(then, from, to, protocol, port).accepted();
                Optional<Verdict> expected =
                        before == after ? Optional.empty() : Optional.of(after ? Verdict.ALLOWED : Verdict.DENIED);
                compared++;
                changed += expected.isPresent() ? 1 : 0;
                assertThat(said.flatMap(pair -> verdict(pair, protocol, port)))
                        .as(
                                "-Dheddle.seed=%d: %s to %s, %s %d",
                                seed, from.address(), to.address(), PROTOCOLS.get(protocol), port)
                        .isEqualTo(expected);
            }
        }
    }

    private static Optional<Verdict> verdict(PairChange pair, int protocol, int port) {
        return pair.changes().stream()
                .filter(change ->
                        change.protocol().equals("all") || change.protocol().equals(PROTOCOLS.get(protocol)))
                .filter(change -> covers(change, port))
                .map(PortChange::then)
                .findFirst();
    }

    private static boolean covers(PortChange change, int port) {
        return change.ports().equals("all")
                || Arrays.stream(change.ports().split(", ", -1)).anyMatch(range -> {
                    String[] ends = range.split("-", -1);
                    return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[ends.length - 1]);
                });
    }

    /** The numbers that rules or pods name, and their neighbours. */
    private static Collection<Integer> ports(List<Rule> rules, Party to) {
        TreeSet<Integer> ports = new TreeSet<>(List.of(1, 65535, 4711));
        rules.stream()
                .flatMap(rule -> rule.ports().stream())
                .filter(PortMatch.Range.class::isInstance)
                .map(PortMatch.Range.class::cast)
                .forEach(range -> ports.addAll(List.of(range.from() - 1, range.from(), range.to(), range.to() + 1)));
        if (to instanceof Party.Pod pod) {
            pod.ports().forEach(port -> ports.addAll(List.of(port.port() - 1, port.port(), port.port() + 1)));
        }
        ports.removeIf(port -> port < 1 || port > 65535);
        return ports;
    }

    private static List<PolicyObject> policies(RandomObjects objects) {
        List<PolicyObject> policies = new ArrayList<>();
        objects.namespaced().forEach(policy -> policies.add(new Namespaced(policy)));
        objects.clusterWide()
                .forEach(policy -> policies.add(new ClusterWide(PolicyYaml.meta(policy.getKey()), policy.getValue())));
        return policies;
    }

    /** Each address is a pod of its own. */
    private static WhatIfFacts facts(World world, List<PolicyObject> policies) {
        List<PodFacts> pods = world.pods().stream()
                .map(pod -> new PodFacts(
                        pod.namespace(),
                        podName(pod),
                        Owner.itself(podName(pod)),
                        "own",
                        false,
                        false,
                        pod.labels(),
                        pod.ports(),
                        List.of(),
                        List.of(pod.address())))
                .toList();
        List<NodeFacts> nodes = world.nodes().stream()
                .map(node -> new NodeFacts(
                        node.labels().getOrDefault("name", ""),
                        node.labels(),
                        List.of(node.address()),
                        world.podRanges()))
                .toList();
        return new WhatIfFacts(pods, world.namespaces(), nodes, policies);
    }

    private static String podName(Party.Pod pod) {
        return pod.address().text().replace("/", "-");
    }

    private static String name(Party party, NamedRanges ranges) {
        return switch (party) {
            case Party.Pod pod -> pod.namespace() + "/pod/" + podName(pod);
            case Party.Outside outside ->
                ranges.covering(outside.address())
                        .filter(range -> range.prefixLength() > 0)
                        .map(Cidr::text)
                        .orElse("world");
            case Party.Node node -> throw new IllegalArgumentException();
            case Party.Unidentified unidentified -> throw new IllegalArgumentException();
        };
    }
}
