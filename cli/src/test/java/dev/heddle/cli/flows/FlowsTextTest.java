package dev.heddle.cli.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.live.FlowEnd;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.FlowsHeld.Held;
import dev.heddle.crds.live.Party;
import dev.heddle.policy.rule.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowsTextTest {

    private static String text(int limit, NodeFlows... answers) {
        return new FlowsText(false, false).of(Flows.of(List.of(answers), limit));
    }

    @Test
    void recordsOfAllNodesAreInTheOrderOfTime() {
        assertThat(text(0, Records.node("node2", Records.dropped(2)), Records.node("node1", Records.allowed(1))))
                .isEqualTo("""
                TIME                       VERDICT   HOOK      FROM             TO               PORT       BECAUSE
                2026-01-01T00:00:01.000Z   ALLOWED   egress    shop/web-1       shop (app=api)   TCP 8080   NetworkPolicy shop/web spec.egress[0]
                2026-01-01T00:00:02.000Z   DROPPED   ingress   shop (app=web)   shop/api-1       TCP 8080   NetworkPolicy shop/api spec.podSelector

                2 records of 2 nodes.
                """);
    }

    @Test
    void wideNamesNodesAddressesAndRevisions() {
        assertThat(new FlowsText(true, false).of(Flows.of(List.of(Records.node("node2", Records.dropped(2))), 0)))
                .startsWith("""
                TIME                       NODE    VERDICT   HOOK      FROM             ADDRESS            TO           ADDRESS           PORT       BECAUSE                                   REVISION   UNSAID
                2026-01-01T00:00:02.000Z   node2   DROPPED   ingress   shop (app=web)   10.244.1.5:40000   shop/api-1   10.244.2.6:8080   TCP 8080   NetworkPolicy shop/api spec.podSelector   9          3
                """);
    }

    @Test
    void aLimitKeepsTheNewestAndSaysSo() {
        assertThat(text(1, Records.node("node1", Records.allowed(1), Records.dropped(2))))
                .contains("DROPPED", "2 records of 1 node.\nNote: only the newest 1 are shown; --limit 0 shows all.\n")
                .doesNotContain("ALLOWED");
    }

    @Test
    void whatIsMissingIsSaid() {
        Held held = new Held(FlowVerdict.DROPPED, 4096, Records.time(5), 10, 20, 30);
        assertThat(text(0, Records.node("node1", held), new NodeFlows.Silent("node2", "you cannot exec there")))
                .isEqualTo("""
                0 records of 2 nodes.
                Note: node node1 holds what was dropped since 2026-01-01T00:00:05.000Z; of other such packets, 10 records are overwritten, 20 were beyond the limit of a second, and 30 found no room.
                Note: node node2 did not answer: you cannot exec there.
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "WORLD, 203.0.113.9 (world)",
        "PENDING, 203.0.113.9 (pending)",
        "NODE, 203.0.113.9 (a node)",
        "HOST, its node",
        "UNKNOWN, 203.0.113.9"
    })
    void whoIsNoPodIsAnAddress(Party.Kind kind, String said) {
        assertThat(text(0, Records.node("node1", from(Party.of(kind), "policy denied", "no rule decides"))))
                .contains("   " + said + "   ", "policy denied: no rule decides");
    }

    @Test
    void aRangeOfARuleIsNamed() {
        assertThat(text(0, Records.node("node1", from(Party.WORLD.in("203.0.113.0/24"), "spoofed address", ""))))
                .contains("203.0.113.9 (world) in 203.0.113.0/24", "spoofed address\n");
    }

    private static FlowRecord from(Party party, String reason, String why) {
        return new FlowRecord(
                Records.time(1),
                FlowVerdict.DROPPED,
                Direction.INGRESS,
                reason,
                new FlowEnd("203.0.113.9", 7, party),
                new FlowEnd("fd00::6", 0, Records.pod("api", "api-1")),
                58,
                null,
                why,
                7,
                0);
    }
}
