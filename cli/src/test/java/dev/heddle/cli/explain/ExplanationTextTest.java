package dev.heddle.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.live.LiveVerdict;
import dev.heddle.crds.live.LiveVerdict.Outcome;
import dev.heddle.crds.live.LiveVerdict.Places;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import org.junit.jupiter.api.Test;

/** What people read. */
class ExplanationTextTest {

    private static final String POLICIES = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: api, generation: 3}
            spec:
              podSelector: {matchLabels: {app: api}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: closed, generation: 1}
            spec: {podSelector: {}}
            """;
    private static final Origin ACCEPT = new Origin("NetworkPolicy", "shop", "api", 3, "spec.ingress[0]");

    private static Explanation explanation(Outcome outcome, Origin rule) {
        Places places = new Places(9, 4, 17, 2, 3, 1, 5);
        return Town.with(POLICIES)
                .live(Direction.INGRESS, new LiveView.Answered(7, new LiveVerdict(outcome, 12, "", rule, places)))
                .asks("web", "api");
    }

    @Test
    void theReasoningIsATableAndTheKernelALine() {
        assertThat(new ExplanationText(false, false).of(explanation(Outcome.ALLOWED, ACCEPT)))
                .isEqualTo("""
                ALLOWED  shop/web-1 (10.244.1.5 on node1) -> shop/api-1 (10.244.2.6 on node2)  TCP 8080

                Egress of shop/web-1: ALLOWED, no policy selects the pod in this direction
                  in the kernel of node1: unknown, not asked

                Ingress of shop/api-1: ALLOWED by NetworkPolicy shop/api spec.ingress[0]
                  TIER            POLICY     FIELD             RULE                                           OUTCOME
                  NetworkPolicy   shop/api   spec.ingress[0]   accept from pods app=web in shop at TCP 8080   accepts
                  in the kernel of node2, revision 12: ALLOWED by the same rule
                """);
    }

    @Test
    void wideNamesEveryPolicyAndThePlacesInTheTables() {
        assertThat(new ExplanationText(true, false).of(explanation(Outcome.ALLOWED, ACCEPT)))
                .contains("  selected by NetworkPolicy shop/api, NetworkPolicy shop/closed\n")
                .contains(
                        "ALLOWED by the same rule (device 9, subject 4, peer 17 of class 2, row 3, port class 1, rule 5)");
    }

    @Test
    void whereTheKernelDiffersTheFirstLineSaysSo() {
        Origin closed = new Origin("NetworkPolicy", "shop", "closed", 1, "spec.podSelector");
        assertThat(new ExplanationText(false, false).of(explanation(Outcome.DENIED, closed)))
                .startsWith("DIFFERS: written ALLOWED, in force DENIED  shop/web-1")
                .contains("revision 12: DENIED by NetworkPolicy shop/closed spec.podSelector\n  differs: ");
    }

    @Test
    void coloursAreForTerminals() {
        Explanation explanation = explanation(Outcome.ALLOWED, ACCEPT);
        assertThat(new ExplanationText(false, true).of(explanation)).contains("\033[32mALLOWED\033[0m");
        assertThat(new ExplanationText(true, false).of(explanation)).doesNotContain("\033");
    }
}
