package dev.heddle.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.explain.Asked.Family;
import dev.heddle.cli.explain.Asked.Protocol;
import dev.heddle.cli.explain.Explanation.Half;
import dev.heddle.cli.explain.Explanation.Verdict;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.policy.rule.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is concluded from policies as people write them. */
class ExplainerTest {

    private static final String NOTHING = "";

    private static final String API = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: api}
            spec:
              podSelector: {matchLabels: {app: api}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: old}}}]}
              - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 9090}]}
              - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}
            """;

    private static final String ADMIN = """
            ---
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: guard}
            spec:
              tier: Admin
              priority: 10
              subject: {namespaces: {}}
              ingress:
              - {action: Pass, from: [{namespaces: {matchLabels: {team: shop}}}]}
              - {action: Deny, from: [{namespaces: {}}]}
            """;

    @Test
    void withoutPoliciesEverythingIsAllowedAndNoRuleDecides() {
        Explanation explanation = Town.with(NOTHING).asks("web", "api");

        assertThat(explanation.written()).isEqualTo(Verdict.ALLOWED);
        assertThat(explanation.halves())
                .extracting(Half::direction)
                .containsExactly(Direction.EGRESS, Direction.INGRESS);
        assertThat(explanation.halves()).allSatisfy(half -> {
            assertThat(half.rule()).isNull();
            assertThat(half.why()).isEqualTo("no policy selects the pod in this direction");
        });
    }

    @Test
    void theRuleThatAcceptsIsNamedAfterThoseThatDidNotMatch() {
        Explanation explanation = Town.with(API).asks("web", "api");

        assertThat(explanation.written()).isEqualTo(Verdict.ALLOWED);
        assertThat(steps(explanation, Direction.INGRESS))
                .containsExactly(
                        "NetworkPolicy spec.ingress[0] OTHER_PEER",
                        "NetworkPolicy spec.ingress[1] OTHER_PORT",
                        "NetworkPolicy spec.ingress[2] ACCEPTS");
        assertThat(half(explanation, Direction.INGRESS).rule()).hasToString("NetworkPolicy shop/api spec.ingress[2]");
        assertThat(half(explanation, Direction.INGRESS).steps().getLast().asks())
                .isEqualTo("accept from pods app=web in shop at TCP 8080");
    }

    @Test
    void isolationIsNamedWhenNoRuleAccepts() {
        Explanation explanation = Town.with(API).asks("db", "api");

        assertThat(explanation.written()).isEqualTo(Verdict.DENIED);
        Half ingress = half(explanation, Direction.INGRESS);
        assertThat(ingress.rule()).hasToString("NetworkPolicy shop/api spec.podSelector");
        assertThat(ingress.why()).startsWith("it isolates the pod");
        assertThat(half(explanation, Direction.EGRESS).verdict()).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void tiersAreToldInTheirOrder() {
        assertThat(steps(Town.with(API + ADMIN).asks("web", "api"), Direction.INGRESS))
                .containsExactly(
                        "Admin spec.ingress[0] PASSES",
                        "Admin spec.ingress[1] PASSED_OVER",
                        "NetworkPolicy spec.ingress[0] OTHER_PEER",
                        "NetworkPolicy spec.ingress[1] OTHER_PORT",
                        "NetworkPolicy spec.ingress[2] ACCEPTS");
        assertThat(steps(Town.with(API + ADMIN).asks("db", "api"), Direction.INGRESS))
                .containsExactly("Admin spec.ingress[0] OTHER_PEER", "Admin spec.ingress[1] DENIES");
    }

    @Test
    void everyPolicyThatSelectsThePodIsNamed() {
        assertThat(half(Town.with(API + ADMIN).asks("web", "api"), Direction.INGRESS)
                        .selectedBy())
                .containsExactly("ClusterNetworkPolicy guard", "NetworkPolicy shop/api");
    }

    @Test
    void aNodeReachesItsOwnPodsAndAnotherIsAnAddress() {
        assertThat(Town.with(API).asks("node2", "api").written()).isEqualTo(Verdict.ALLOWED);
        assertThat(Town.with(API).asks("node1", "api").written()).isEqualTo(Verdict.DENIED);
    }

    @Test
    void anAddressThatNobodyHasIsNeverAccepted() {
        String deny = API + """
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: guard}
                spec:
                  tier: Admin
                  priority: 10
                  subject: {namespaces: {}}
                  ingress:
                  - {action: Deny, from: [{namespaces: {matchLabels: {team: data}}}]}
                """;
        assertThat(steps(Town.with(deny).asks("10.244.1.99", "api"), Direction.INGRESS))
                .containsExactly("Admin spec.ingress[0] DENIES_UNKNOWN_PEER");
    }

    @Test
    void theWorldIsWhereNoPolicySaysAnythingInParticular() {
        String range = """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: api}
                spec:
                  podSelector: {matchLabels: {app: api}}
                  ingress:
                  - {from: [{ipBlock: {cidr: 203.0.113.0/24}}, {ipBlock: {cidr: 0.0.0.0/1}}]}
                """;
        Explanation explanation = Town.with(range).over(Family.ipv4).asks("world", "api");

        assertThat(explanation.written()).isEqualTo(Verdict.DENIED);
        assertThat(explanation.from().address()).isEqualTo("198.51.100.77");
    }

    @Test
    void portsAreNumbersNamesOrTheOnlyOneThatIsDeclared() {
        assertThat(Town.with(API).at(Protocol.tcp, "main").asks("web", "api").port())
                .isEqualTo(8080);
        Explanation declared = Town.with(API).at(Protocol.tcp, "").asks("web", "api");
        assertThat(declared.port()).isEqualTo(8080);
        assertThat(declared.notes()).containsExactly("port 8080 is the only one that shop/api-1 declares");
        assertThat(Town.with(API).at(Protocol.icmp, "").asks("web", "api").protocol())
                .isEqualTo("ICMP");
        for (String wrong : List.of("0", "65536", "metrics")) {
            assertThatThrownBy(() -> Town.with(API).at(Protocol.tcp, wrong).asks("web", "api"))
                    .as(wrong)
                    .isInstanceOf(NoAnswerException.class);
        }
        assertThatThrownBy(() -> Town.with(API).at(Protocol.udp, "").asks("web", "api"))
                .hasMessage("give a --port; shop/api-1 declares TCP 8080 (main)");
        assertThatThrownBy(() -> Town.with(API).at(Protocol.icmp, "8").asks("web", "api"))
                .hasMessageContaining("ICMP has no ports");
    }

    @Test
    void theFamilyIsTheReceiversFirstThatTheSenderHasToo() {
        assertThat(Town.with(NOTHING).asks("web", "api").to().address()).isEqualTo("10.244.2.6");
        assertThat(Town.with(NOTHING).asks("2001:db8::1", "api").to().address()).isEqualTo("fd00:244:2::6");
        assertThat(Town.with(NOTHING)
                        .over(Family.ipv6)
                        .asks("web", "api")
                        .from()
                        .address())
                .isEqualTo("fd00:244:1::5");
        assertThatThrownBy(() -> Town.with(NOTHING).over(Family.ipv6).asks("web", "old"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("shop/old-1 has no IPv6 address");
    }

    @Test
    void theOtherFamilysVerdictIsSaidWhenItIsAnother() {
        String ipv4Only = """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: api}
                spec:
                  podSelector: {matchLabels: {app: api}}
                  ingress:
                  - {from: [{ipBlock: {cidr: 0.0.0.0/0}}]}
                """;
        assertThat(Town.with(ipv4Only).asks("web", "api").notes())
                .containsExactly("over IPv6 it is DENIED; ask with --family ipv6");
        assertThat(Town.with(ipv4Only).over(Family.ipv4).asks("web", "api").notes())
                .isEmpty();
    }

    @Test
    void aPodReachesItself() {
        Explanation explanation = Town.with(API).asks("api", "api");
        assertThat(explanation.written()).isEqualTo(Verdict.ALLOWED);
        assertThat(explanation.agrees()).isTrue();
        assertThat(explanation.notes()).containsExactly("a pod always reaches itself");
    }

    private static Half half(Explanation explanation, Direction direction) {
        return explanation.halves().stream()
                .filter(half -> half.direction() == direction)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> steps(Explanation explanation, Direction direction) {
        return half(explanation, direction).steps().stream()
                .map(step -> step.tier() + " " + step.rule().field() + " " + step.outcome())
                .toList();
    }
}
