package dev.heddle.policy.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
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
    private static final Party LEDGER = pod("bank", "10.244.0.2");
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
