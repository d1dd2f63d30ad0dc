package dev.heddle.policy.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a datapath cannot enforce is taken out, closed, and said. */
class DatapathTest {

    private static final Peer ANYONE = new Peer.Anyone();
    private static final Peer NOBODY = new Peer.Nobody();
    private static final Peer TEN = new Peer.IpBlock(Cidr.parse("10.0.0.0/8"), List.of());
    private static final Peer IPV6 = new Peer.IpBlock(Cidr.parse("2001:db8::/32"), List.of());
    private static final Peer NODES = new Peer.Nodes(LabelSelector.EVERYTHING);
    private static final PortMatch HTTP = new PortMatch.Range(Protocol.TCP, 80, 80);
    private static final PortMatch NAMED = new PortMatch.Named(Protocol.TCP, "http");
    private static final PortMatch SCTP = new PortMatch.AnyPort(Protocol.SCTP);

    private static final Datapath WITHOUT_FEATURES = new Datapath(Set.of());

    static Stream<Arguments> termsOfFeatures() {
        return Stream.of(
                arguments(Feature.IPV6, rule(Action.ACCEPT, List.of(IPV6), List.of())),
                arguments(Feature.SCTP, rule(Action.ACCEPT, List.of(ANYONE), List.of(SCTP))),
                arguments(Feature.NAMED_PORTS, rule(Action.ACCEPT, List.of(ANYONE), List.of(NAMED))),
                arguments(Feature.NODES, rule(Action.ACCEPT, List.of(NODES), List.of())));
    }

    @ParameterizedTest
    @MethodSource("termsOfFeatures")
    void aFeatureTurnsOnItsTermsAndNoOthers(Feature feature, Rule rule) {
        Set<Feature> others = EnumSet.complementOf(EnumSet.of(feature));
        assertThat(new Datapath(Set.of(feature)).limit(List.of(rule)))
                .isEqualTo(new Enforceable(List.of(rule), List.of()));
        assertThat(new Datapath(others).limit(List.of(rule)).rules())
                .containsExactly(rule(Action.ACCEPT, List.of(NOBODY), List.of()));
    }

    @Test
    void everyFeatureIsTested() {
        assertThat(termsOfFeatures().map(row -> row.get()[0])).containsExactly((Object[]) Feature.values());
    }

    @Test
    void anAcceptLosesThePeer() {
        Enforceable limited = limit(rule(Action.ACCEPT, List.of(TEN, IPV6), List.of()));
        assertThat(limited.rules()).containsExactly(rule(Action.ACCEPT, List.of(TEN), List.of()));
        assertThat(limited.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().field()).isEqualTo("spec.egress[0].to[1].ipBlock.cidr");
            assertThat(problem.severity()).isEqualTo(Problem.Severity.NOT_ENFORCED);
        });
    }

    @Test
    void anAcceptWithNoPeerLeftAcceptsNobody() {
        assertThat(limit(rule(Action.ACCEPT, List.of(IPV6), List.of())).rules())
                .containsExactly(rule(Action.ACCEPT, List.of(NOBODY), List.of()));
    }

    @Test
    void anAcceptWithNoPortLeftAcceptsNobodyRatherThanEveryPort() {
        Enforceable limited = limit(rule(Action.ACCEPT, List.of(ANYONE), List.of(NAMED, SCTP)));
        assertThat(limited.rules()).containsExactly(rule(Action.ACCEPT, List.of(NOBODY), List.of()));
        assertThat(limited.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly("spec.egress[0].ports[0].port", "spec.egress[0].ports[1].protocol");
    }

    @Test
    void anAcceptKeepsItsOtherPorts() {
        assertThat(limit(rule(Action.ACCEPT, List.of(ANYONE), List.of(NAMED, HTTP)))
                        .rules())
                .containsExactly(rule(Action.ACCEPT, List.of(ANYONE), List.of(HTTP)));
    }

    @Test
    void aDenyOrPassThatLosesATermDeniesAll() {
        Rule closed = rule(Action.DENY, List.of(ANYONE), List.of());
        assertThat(limit(rule(Action.DENY, List.of(TEN, IPV6), List.of(HTTP))).rules())
                .containsExactly(closed);
        assertThat(limit(rule(Action.PASS, List.of(TEN), List.of(NAMED))).rules())
                .containsExactly(closed);
    }

    @Test
    void aLabelThatNoIdentityHasIsNotAskedFor() {
        LabelSelector perPod = new LabelSelector(
                List.of(new Requirement("pod-template-hash", Requirement.Operator.NOT_IN, List.of("x"))));
        Enforceable limited = limit(rule(Action.ACCEPT, List.of(new Peer.Pods(null, "shop", perPod)), List.of()));
        assertThat(limited.rules()).containsExactly(rule(Action.ACCEPT, List.of(NOBODY), List.of()));
        assertThat(limited.problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.origin().field()).isEqualTo("spec.egress[0].to[0].podSelector"));
    }

    @Test
    void networksKeepTheirIpv4Ranges() {
        Peer both = new Peer.Networks(List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8")));
        Peer ipv4 = new Peer.Networks(List.of(Cidr.parse("10.0.0.0/8")));
        Peer ipv6 = new Peer.Networks(List.of(Cidr.parse("fd00::/8")));
        Enforceable limited = WITHOUT_FEATURES.limit(List.of(cluster(Action.ACCEPT, both, ipv6)));
        assertThat(limited.rules()).containsExactly(cluster(Action.ACCEPT, ipv4));
        assertThat(limited.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly("spec.egress[0].to[0].networks", "spec.egress[0].to[1].networks");
        assertThat(WITHOUT_FEATURES.limit(List.of(cluster(Action.DENY, both))).rules())
                .containsExactly(cluster(Action.DENY, ANYONE));
    }

    @Test
    void problemsOfIngressNameItsField() {
        Rule rule = rule(Action.ACCEPT, List.of(IPV6), List.of());
        Rule ingress = new Rule(
                rule.origin().at("spec.ingress[1]"),
                Direction.INGRESS,
                rule.subject(),
                rule.tier(),
                0,
                rule.action(),
                rule.peers(),
                rule.ports());
        assertThat(limit(ingress).problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.origin().field()).isEqualTo("spec.ingress[1].from[0].ipBlock.cidr"));
    }

    @Test
    void problemsOfClusterWideRulesNameTheFieldsOfTheirApi() {
        Peer perPod = new Peer.Pods(
                LabelSelector.EVERYTHING,
                "",
                new LabelSelector(
                        List.of(new Requirement("pod-template-hash", Requirement.Operator.EXISTS, List.of()))));
        Peer names = new Peer.DomainNames(List.of("example.org"));
        Rule rule = cluster(Action.ACCEPT, TEN, perPod, NODES, names)
                .with(
                        Action.ACCEPT,
                        List.of(TEN, perPod, NODES, names),
                        List.of(SCTP, new PortMatch.Named(null, "http")));
        Enforceable limited = WITHOUT_FEATURES.limit(List.of(rule));
        assertThat(limited.rules()).containsExactly(cluster(Action.ACCEPT, NOBODY));
        assertThat(limited.problems())
                .extracting(problem -> problem.origin().field())
                .containsExactly(
                        "spec.egress[0].to[1].pods.podSelector",
                        "spec.egress[0].to[2].nodes",
                        "spec.egress[0].to[3].domainNames",
                        "spec.egress[0].protocols[0].sctp",
                        "spec.egress[0].protocols[1].destinationNamedPort");
    }

    @Test
    void whatCanBeEnforcedStaysAsItIs() {
        for (Action action : Action.values()) {
            Rule rule = rule(action, List.of(TEN), List.of(HTTP));
            assertThat(limit(rule)).isEqualTo(new Enforceable(List.of(rule), List.of()));
        }
    }

    private static Enforceable limit(Rule rule) {
        return WITHOUT_FEATURES.limit(List.of(rule));
    }

    private static Rule rule(Action action, List<Peer> peers, List<PortMatch> ports) {
        return new Rule(
                new Origin("NetworkPolicy", "shop", "p", 1, "spec.egress[0]"),
                Direction.EGRESS,
                new Subject("shop", LabelSelector.EVERYTHING),
                Tier.NETWORK_POLICY,
                0,
                action,
                peers,
                ports);
    }

    private static Rule cluster(Action action, Peer... peers) {
        return new Rule(
                new Origin("ClusterNetworkPolicy", "", "p", 1, "spec.egress[0]"),
                Direction.EGRESS,
                Subject.acrossNamespaces(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING),
                Tier.ADMIN,
                5,
                3,
                action,
                List.of(peers),
                List.of());
    }
}
