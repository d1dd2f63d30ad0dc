package dev.heddle.node.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropLogTest {

    private static final Rule ISOLATION = new Rule(
            new Origin("NetworkPolicy", "shop", "deny-all", 1, "spec.podSelector"),
            Direction.INGRESS,
            new Subject("shop", LabelSelector.EVERYTHING),
            Tier.NETWORK_POLICY,
            1,
            Action.DENY,
            List.of(new Peer.Anyone()),
            List.of());

    private final List<String> lines = new ArrayList<>();
    private long now;
    private final DropLog log = new DropLog(lines::add, () -> now);

    @Test
    void namesThePodThePacketAndTheRule() {
        log.names(new DropLog.Names(5, Map.of(7, "shop/api"), List.of(ISOLATION)));

        log.accept(drop(5));

        assertThat(lines)
                .containsExactly("dropped ingress of shop/api: TCP 10.0.0.1:4000 -> 10.0.0.2:80, policy denied by "
                        + "NetworkPolicy shop/deny-all spec.podSelector");
    }

    @Test
    void anIpv6AddressIsApartFromItsPort() {
        log.accept(new PacketEvent(
                0,
                Direction.EGRESS,
                true,
                "spoofed address",
                Ipv6.parse("fd00::1"),
                4000,
                Ipv6.parse("fd00::2"),
                80,
                17,
                0,
                PacketEvent.NOT_ASKED,
                5,
                7,
                0));
        log.accept(new PacketEvent(
                0,
                Direction.INGRESS,
                true,
                "policy denied",
                Ipv6.parse("fe80::1"),
                77,
                Ipv6.parse("fd00::2"),
                0,
                58,
                0,
                0,
                5,
                7,
                0));

        assertThat(lines)
                .containsExactly(
                        "dropped egress of device 7: UDP [fd00::1]:4000 -> [fd00::2]:80, spoofed address",
                        "dropped ingress of device 7: ICMPv6 [fe80::1]:77 -> [fd00::2]:0, policy denied");
    }

    @Test
    void aRuleOfAnotherRevisionIsNotGuessed() {
        log.names(new DropLog.Names(6, Map.of(), List.of(ISOLATION)));

        log.accept(drop(5));

        assertThat(lines.getFirst()).contains("device 7").endsWith("by rule 1 of revision 5");
    }

    @Test
    void saysAFewASecondAndCountsTheRest() {
        for (int i = 0; i < 25; i++) {
            log.accept(drop(5));
        }
        assertThat(lines).hasSize(10);

        now += 1_000_000_000L;
        log.accept(drop(5));

        assertThat(lines.getLast()).endsWith("15 more were dropped before this");
    }

    private static PacketEvent drop(int revision) {
        return new PacketEvent(
                0,
                Direction.INGRESS,
                true,
                "policy denied",
                Ipv4.parse("10.0.0.1"),
                4000,
                Ipv4.parse("10.0.0.2"),
                80,
                6,
                1,
                0,
                revision,
                7,
                0);
    }
}
