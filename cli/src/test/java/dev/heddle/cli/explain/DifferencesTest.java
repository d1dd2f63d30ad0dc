package dev.heddle.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.explain.ExplainFacts.Claim;
import dev.heddle.cli.explain.ExplainFacts.NodeReport;
import dev.heddle.cli.explain.Explanation.Half;
import dev.heddle.cli.explain.Explanation.Verdict;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.crds.Failure;
import dev.heddle.crds.live.LiveVerdict;
import dev.heddle.crds.live.LiveVerdict.Outcome;
import dev.heddle.crds.live.LiveVerdict.Places;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem.Severity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written beside what kernels do, and why they differ. */
class DifferencesTest {

    private static final String API = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: api, generation: 3}
            spec:
              podSelector: {matchLabels: {app: api}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: web}}}]}
            """;
    private static final Origin ACCEPT = new Origin("NetworkPolicy", "shop", "api", 3, "spec.ingress[0]");
    private static final Origin ISOLATION = ACCEPT.at("spec.podSelector");
    private static final NodeReport UP_TO_DATE = new NodeReport(7, 7, List.of(), published("web"));

    private static Set<Claim> published(String... pods) {
        return Set.of(pods).stream()
                .map(Town::pod)
                .map(pod -> new Claim(pod.addresses().getFirst(), pod.identity().hash()))
                .collect(java.util.stream.Collectors.toSet());
    }

    private static LiveView says(Outcome outcome, @Nullable Origin rule, int peer) {
        return says(7, outcome, rule, peer);
    }

    private static LiveView says(long sequence, Outcome outcome, @Nullable Origin rule, int peer) {
        Places places = new Places(9, 1, peer, 2, 3, 0, rule == null ? 0 : 1);
        return new LiveView.Answered(
                sequence, new LiveVerdict(outcome, 12, rule == null ? "no rule decides" : "", rule, places));
    }

    private static Town town() {
        return Town.with(API)
                .node("node1", UP_TO_DATE)
                .node("node2", UP_TO_DATE)
                .live(Direction.EGRESS, says(Outcome.ALLOWED, null, 5));
    }

    @Test
    void whenBothSayTheSameThereIsNothingToSay() {
        Explanation explanation =
                town().live(Direction.INGRESS, says(Outcome.ALLOWED, ACCEPT, 5)).asks("web", "api");

        assertThat(explanation.agrees()).isTrue();
        assertThat(explanation.inForce()).isEqualTo(Verdict.ALLOWED);
        assertThat(reasons(explanation)).isEmpty();
    }

    @Test
    void aNodeThatIsBehindIsNamed() {
        Explanation explanation = town().live(Direction.INGRESS, says(6, Outcome.DENIED, ISOLATION, 5))
                .asks("web", "api");

        assertThat(explanation.agrees()).isFalse();
        assertThat(explanation.effective()).isEqualTo(Verdict.DENIED);
        assertThat(reasons(explanation))
                .containsExactly("node2 runs all policies up to sequence 6; sequence 7 is not in force yet");
    }

    @Test
    void anOlderRuleIsNamed() {
        Origin older = new Origin("NetworkPolicy", "shop", "api", 2, "spec.podSelector");
        assertThat(reasons(town().live(Direction.INGRESS, says(Outcome.DENIED, older, 5))
                        .asks("web", "api")))
                .containsExactly("node2 runs generation 2 of NetworkPolicy shop/api; generation 3 is written");
        Origin gone = new Origin("NetworkPolicy", "shop", "closed", 1, "spec.podSelector");
        assertThat(reasons(town().live(Direction.INGRESS, says(Outcome.DENIED, gone, 5))
                        .asks("web", "api")))
                .containsExactly(
                        "node2 still runs NetworkPolicy shop/closed, which is gone or selects the pod no more");
    }

    @Test
    void aPendingPeerIsNamedAndWhoseFaultItIs() {
        assertThat(reasons(town().live(Direction.INGRESS, says(Outcome.DENIED, ISOLATION, 2))
                        .asks("web", "api")))
                .containsExactly("node2 has not heard yet who has 10.244.1.5: pending");
        assertThat(reasons(town().node("node1", new NodeReport(7, 7, List.of(), Set.of()))
                        .live(Direction.INGRESS, says(Outcome.DENIED, ISOLATION, 2))
                        .asks("web", "api")))
                .containsExactly(
                        "node2 has not heard yet who has 10.244.1.5: pending; node1 has not published that it is"
                                + " shop/web-1");
    }

    @Test
    void whatTheNodeCouldNotEnforceIsNamed() {
        Failure failure = new Failure("NetworkPolicy", "shop", "api", 3, "spec", "too many ranges", Severity.REJECTED);
        assertThat(reasons(town().node("node2", new NodeReport(7, 7, List.of(failure), Set.of()))
                        .live(Direction.INGRESS, says(Outcome.DENIED, ISOLATION, 5))
                        .asks("web", "api")))
                .containsExactly("NetworkPolicy shop/api spec: too many ranges");
    }

    @Test
    void podsThatAreNotFilteredOrClosedSaySo() {
        LiveView unfiltered = new LiveView.Answered(
                7, new LiveVerdict(Outcome.UNFILTERED, 12, "its device does not carry Heddle's programs", null, null));
        Explanation explanation = town().live(Direction.INGRESS, unfiltered).asks("db", "api");

        assertThat(explanation.written()).isEqualTo(Verdict.DENIED);
        assertThat(explanation.inForce()).isEqualTo(Verdict.ALLOWED);
        assertThat(reasons(explanation)).containsExactly("its device does not carry Heddle's programs");
    }

    @Test
    void aDifferenceWithoutAKnownReasonIsNotKeptBack() {
        assertThat(reasons(town().live(Direction.INGRESS, says(Outcome.DENIED, ISOLATION, 5))
                        .asks("web", "api")))
                .singleElement()
                .asString()
                .startsWith("no reason is known");
    }

    @Test
    void aNodeThatDoesNotAnswerChangesNothing() {
        Explanation explanation = town().live(Direction.INGRESS, new LiveView.Silent("no daemon runs there"))
                .asks("web", "api");

        assertThat(explanation.inForce()).isNull();
        assertThat(explanation.agrees()).isTrue();
        assertThat(explanation.halves().getLast().kernel().why()).isEqualTo("no daemon runs there");
    }

    @Test
    void oneDenialIsEnoughWhoeverElseIsSilent() {
        Explanation explanation = Town.with(API)
                .live(Direction.EGRESS, new LiveView.Silent("no daemon runs there"))
                .live(Direction.INGRESS, says(Outcome.DENIED, ISOLATION, 5))
                .asks("web", "api");

        assertThat(explanation.inForce()).isEqualTo(Verdict.DENIED);
        assertThat(explanation.agrees()).isFalse();
    }

    @Test
    void aFieldThatIsNotEnforcedIsNamedEvenIfNobodyAnswers() {
        PodFacts web = Town.pod("web");
        Explanation explanation = Town.with(API.replace("podSelector: {matchLabels: {app: web}}", """
                podSelector: {matchLabels: {pod-template-hash: "%s"}}""".formatted(
                                web.labels().get("pod-template-hash"))))
                .asks("web", "api");

        assertThat(explanation.written()).isEqualTo(Verdict.ALLOWED);
        assertThat(explanation.effective()).isEqualTo(Verdict.DENIED);
        assertThat(explanation.agrees()).isFalse();
        assertThat(reasons(explanation))
                .singleElement()
                .asString()
                .startsWith("NetworkPolicy shop/api spec.ingress[0].from[0].podSelector: label 'pod-template-hash'");
    }

    private static List<String> reasons(Explanation explanation) {
        return explanation.halves().stream()
                .map(Half::differences)
                .flatMap(List::stream)
                .toList();
    }
}
