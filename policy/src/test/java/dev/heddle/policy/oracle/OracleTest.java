package dev.heddle.policy.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.oracle.Reasoning.Outcome;
import dev.heddle.policy.oracle.Reasoning.Step;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Flows between two ends; what single rules mean is the prose tests'. */
class OracleTest {

    private static final int TCP = 6;
    private static final Party WEB = pod("shop", "10.244.0.1");
    private static final Party.Pod LEDGER = pod("bank", "10.244.0.2");
    private static final Party INTERNET = new Party.Outside(Cidr.host("198.51.100.7"));
    private static final Rule SHOP_SENDS_NOTHING = denyAll("shop", Direction.EGRESS);
    private static final Rule BANK_RECEIVES_NOTHING = denyAll("bank", Direction.INGRESS);
    private static final List<Rule> RULES = List.of(BANK_RECEIVES_NOTHING, SHOP_SENDS_NOTHING);

    @Test
    void theSendersEndDecidesFirst() {
        assertThat(flow(WEB, LEDGER)).isEqualTo(new Judgement(false, SHOP_SENDS_NOTHING));
        assertThat(flow(INTERNET, LEDGER)).isEqualTo(new Judgement(false, BANK_RECEIVES_NOTHING));
        assertThat(flow(LEDGER, WEB)).isEqualTo(new Judgement(true, null));
        assertThat(flow(INTERNET, WEB)).isEqualTo(new Judgement(true, null));
    }

    @Test
    void aPodReachesItselfWhateverTheRulesSay() {
        assertThat(flow(WEB, WEB)).isEqualTo(new Judgement(true, null));
    }

    @Test
    void theWayToAJudgementIsTold() {
        Rule pass = rule(Tier.ADMIN, 1, Action.PASS, new Peer.Anyone(), 443);
        Rule later = rule(Tier.ADMIN, 2, Action.DENY, new Peer.Anyone(), 443);
        Rule other = rule(Tier.NETWORK_POLICY, 0, Action.ACCEPT, pods("blog"), 443);
        Rule accept = rule(Tier.NETWORK_POLICY, 1, Action.ACCEPT, pods("shop"), 443);
        Rule deny = rule(Tier.NETWORK_POLICY, 2, Action.DENY, new Peer.Anyone(), 0);
        Rule ofAnotherPod = denyAll("shop", Direction.INGRESS);
        Rule ofAnotherDirection = denyAll("bank", Direction.EGRESS);
        List<Rule> rules = List.of(deny, accept, other, later, pass, ofAnotherPod, ofAnotherDirection);

        assertThat(Oracle.reason(rules, toLedger(WEB, 443)))
                .isEqualTo(new Reasoning(
                        new Judgement(true, accept),
                        List.of(
                                new Step(pass, Outcome.PASSES),
                                new Step(later, Outcome.PASSED_OVER),
                                new Step(other, Outcome.OTHER_PEER),
                                new Step(accept, Outcome.ACCEPTS))));
        assertThat(Oracle.reason(rules, toLedger(WEB, 80)))
                .isEqualTo(new Reasoning(
                        new Judgement(false, deny),
                        List.of(
                                new Step(pass, Outcome.OTHER_PORT),
                                new Step(later, Outcome.OTHER_PORT),
                                new Step(other, Outcome.OTHER_PEER),
                                new Step(accept, Outcome.OTHER_PORT),
                                new Step(deny, Outcome.DENIES))));
    }

    @Test
    void aPeerThatIsNotKnownIsDeniedByWhatCouldDenyIt() {
        Rule deny = rule(Tier.ADMIN, 1, Action.DENY, pods("shop"), 0);

        assertThat(Oracle.reason(List.of(deny), toLedger(new Party.Unidentified(Cidr.host("10.244.0.9")), 443)))
                .isEqualTo(new Reasoning(
                        new Judgement(false, deny), List.of(new Step(deny, Outcome.DENIES_UNKNOWN_PEER))));
    }

    @Test
    void theOwnNodeIsSparedByNetworkPolicies() {
        Party node = new Party.Node(Map.of(), Cidr.host("192.0.2.1"), true);
        Rule deny = denyAll("bank", Direction.EGRESS);

        assertThat(Oracle.reason(RULES, toLedger(node, 443)))
                .isEqualTo(new Reasoning(new Judgement(true, null), List.of()));
        assertThat(Oracle.reason(List.of(deny), new Flow(LEDGER, Direction.EGRESS, node, TCP, 443)))
                .isEqualTo(new Reasoning(new Judgement(true, null), List.of(new Step(deny, Outcome.SPARES_OWN_NODE))));
    }

    private static Flow toLedger(Party source, int port) {
        return new Flow(LEDGER, Direction.INGRESS, source, TCP, port);
    }

    /** A rule about what enters the bank; port 0 is every port. */
    private static Rule rule(Tier tier, int priority, Action action, Peer peer, int port) {
        return new Rule(
                new Origin("Policy", "bank", tier + "-" + priority, 1, "spec"),
                Direction.INGRESS,
                new Subject("bank", LabelSelector.EVERYTHING),
                tier,
                priority,
                action,
                List.of(peer),
                port == 0 ? List.of() : List.of(new PortMatch.Range(Protocol.TCP, port, port)));
    }

    private static Peer pods(String namespace) {
        return new Peer.Pods(null, namespace, LabelSelector.EVERYTHING);
    }

    private static Judgement flow(Party source, Party destination) {
        return Oracle.flow(RULES, source, destination, TCP, 80);
    }

    private static Party.Pod pod(String namespace, String address) {
        return new Party.Pod(namespace, Map.of(), Map.of(), List.of(), Cidr.host(address));
    }

    private static Rule denyAll(String namespace, Direction direction) {
        return new Rule(
                new Origin("NetworkPolicy", namespace, "p", 1, "spec.podSelector"),
                direction,
                new Subject(namespace, LabelSelector.EVERYTHING),
                Tier.NETWORK_POLICY,
                1,
                Action.DENY,
                List.of(new Peer.Anyone()),
                List.of());
    }
}
