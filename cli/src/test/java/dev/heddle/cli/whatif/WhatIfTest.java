package dev.heddle.cli.whatif;

import static dev.heddle.cli.facts.People.node;
import static dev.heddle.cli.facts.People.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.whatif.WhatIf.PairChange;
import dev.heddle.cli.whatif.WhatIf.PortChange;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What would change, for policies as people write them. */
class WhatIfTest {

    private static final List<PodFacts> PODS = List.of(
            pod("shop", "web", 1, "node1", "10.244.1.5"),
            pod("shop", "web", 2, "node2", "10.244.2.5"),
            pod("shop", "api", 1, "node2", "10.244.2.6"),
            pod("data", "db", 1, "node1", "10.244.1.7"));
    private static final List<NodeFacts> NODES =
            List.of(node("node1", "10.244.1.0/24", "172.30.0.1"), node("node2", "10.244.2.0/24", "172.30.0.2"));
    private static final String NOTHING = "";

    private static final String API_FROM_WEB = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: api, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: api}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}
            """;

    private static WhatIf of(String before, String applied, String... deleted) {
        return of(PODS, before, applied, deleted);
    }

    private static WhatIf of(List<PodFacts> pods, String before, String applied, String... deleted) {
        WhatIfFacts facts = new WhatIfFacts(
                pods,
                Map.of("shop", Map.of("team", "shop"), "data", Map.of("team", "data")),
                NODES,
                Manifests.read(before, "cluster", "default").policies());
        return WhatIfs.of(
                facts,
                new Proposal(
                        Manifests.read(applied, "file", "default").policies(),
                        Stream.of(deleted)
                                .map(text -> Manifests.key(text, "default"))
                                .toList()),
                List.of());
    }

    /** {@code FROM TO PROTOCOL PORTS then THEN}, sorted. */
    private static List<String> lines(WhatIf answer) {
        return answer.pairs().stream()
                .flatMap(pair -> pair.changes().stream().map(change -> line(pair, change)))
                .sorted()
                .toList();
    }

    private static String line(PairChange pair, PortChange change) {
        return pair.from().name() + " > " + pair.to().name() + " " + change.protocol() + " " + change.ports() + " "
                + change.then();
    }

    @Test
    void theSamePolicyAgainChangesNothing() {
        WhatIf answer = of(API_FROM_WEB, API_FROM_WEB);
        assertThat(answer.changes()).isFalse();
        assertThat(answer.pairs()).isEmpty();
        assertThat(answer.compared()).isZero();
    }

    @Test
    void aFirstPolicyClosesWhatItDoesNotAllow() {
        assertThat(lines(of(NOTHING, API_FROM_WEB)))
                .containsExactly(
                        "data/deploy/db > shop/deploy/api all all DENIED",
                        "node/node1 and 1 more > shop/deploy/api all all DENIED",
                        "shop/deploy/web > shop/deploy/api SCTP all DENIED",
                        "shop/deploy/web > shop/deploy/api TCP 1-8079, 8081-65535 DENIED",
                        "shop/deploy/web > shop/deploy/api UDP all DENIED",
                        "shop/deploy/web > shop/deploy/api other all DENIED",
                        "world > shop/deploy/api all all DENIED");
    }

    @Test
    void aDeletionOpensAgain() {
        assertThat(lines(of(API_FROM_WEB, NOTHING, "networkpolicy/shop/api")))
                .hasSize(7)
                .contains("world > shop/deploy/api all all ALLOWED");
        assertThatThrownBy(() -> of(API_FROM_WEB, NOTHING, "netpol/shop/web"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessage("there is no NetworkPolicy shop/web that could be deleted");
    }

    @Test
    void theEdgesOfARangeAreFound() {
        String wider = API_FROM_WEB.replace("port: 8080", "port: 8080, endPort: 8082");
        assertThat(lines(of(API_FROM_WEB, wider)))
                .containsExactly("shop/deploy/web > shop/deploy/api TCP 8081-8082 ALLOWED");
        assertThat(lines(of(wider, wider.replace("8080, endPort: 8082", "8081, endPort: 65535"))))
                .containsExactly(
                        "shop/deploy/web > shop/deploy/api TCP 8080 DENIED",
                        "shop/deploy/web > shop/deploy/api TCP 8083-65535 ALLOWED");
    }

    @Test
    void whatTheOtherEndDeniesDoesNotChange() {
        String closedWeb = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: web, namespace: shop}
                spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}
                """;
        assertThat(lines(of(closedWeb, API_FROM_WEB)))
                .noneMatch(line -> line.startsWith("shop/deploy/web"))
                .anyMatch(line -> line.startsWith("data/deploy/db"));
    }

    @Test
    void egressToRangesAndNodesIsPartOfIt() {
        String guard = """
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: guard}
                spec:
                  tier: Admin
                  priority: 10
                  subject: {pods: {podSelector: {matchLabels: {app: web}}, namespaceSelector: {}}}
                  egress:
                  - {action: Deny, to: [{networks: [192.0.2.0/24, 172.30.0.1/32]}], protocols: [{tcp: {destinationPort: {number: 443}}}]}
                """;
        WhatIf answer = of(NOTHING, guard);
        assertThat(lines(answer))
                .containsExactly(
                        "shop/deploy/web > 192.0.2.0/24 TCP 443 DENIED",
                        "shop/deploy/web > node/node1 TCP 443 DENIED",
                        "shop/deploy/web > the pod's own node TCP 443 DENIED");
        assertThat(answer.pairs().getFirst().changes().getFirst().after())
                .hasToString("ClusterNetworkPolicy guard spec.egress[0]");
    }

    @Test
    void podsOfOneWorkloadThatAddressesTellApartAreToldApart() {
        String one = """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: db, namespace: data}
                spec:
                  podSelector: {}
                  ingress:
                  - {from: [{ipBlock: {cidr: 10.244.0.0/16, except: [10.244.1.5/32]}}]}
                """;
        WhatIf answer = of(NOTHING, one);
        assertThat(answer.pairs())
                .filteredOn(pair -> pair.from().name().equals("shop/deploy/web"))
                .singleElement()
                .satisfies(pair -> {
                    assertThat(pair.from().pods()).isEqualTo(1);
                    assertThat(pair.from().example()).isEqualTo("web-1");
                });
    }

    @Test
    void familiesAreNamedWhenTheyDiffer() {
        List<PodFacts> dual = List.of(
                pod("shop", "web", 1, "node1", "10.244.1.5", "fd00:244:1::5"),
                pod("shop", "api", 1, "node2", "10.244.2.6", "fd00:244:2::6"));
        String ipv4 = API_FROM_WEB.replace(
                "from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]",
                "from: [{ipBlock: {cidr: 0.0.0.0/0}}]");
        assertThat(of(dual, NOTHING, ipv4).pairs())
                .filteredOn(pair -> pair.from().name().equals("shop/deploy/web"))
                .singleElement()
                .satisfies(pair -> assertThat(pair.family()).isEqualTo("IPv6"));
    }

    @Test
    void podsThatHaveEndedOrAreOnTheNodesNetworkAreNobody() {
        PodFacts ended = new PodFacts(
                "shop",
                "done",
                PODS.getFirst().owner(),
                "node1",
                false,
                true,
                Map.of("app", "api"),
                List.of(),
                List.of(),
                PODS.getFirst().addresses());
        PodFacts host = new PodFacts(
                "shop",
                "agent",
                PODS.getFirst().owner(),
                "node1",
                true,
                false,
                Map.of("app", "api"),
                List.of(),
                List.of(),
                NODES.getFirst().addresses());
        assertThat(of(List.of(ended, host), NOTHING, API_FROM_WEB).changes()).isFalse();
    }

    @Test
    void problemsCarryTheFieldAndABrokenPolicyClosesWhatItWould() {
        WhatIf answer = of(NOTHING, API_FROM_WEB.replace("port: 8080", "port: Http!"));
        assertThat(answer.understood()).isFalse();
        assertThat(answer.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString("NetworkPolicy shop/api spec.ingress[0].ports[0].port");
            assertThat(problem.message()).startsWith("'Http!' is neither");
        });
        assertThat(lines(answer)).contains("shop/deploy/web > shop/deploy/api all all DENIED");
    }

    @Test
    void peopleReadALineForEachChange() {
        WhatIf answer = of(API_FROM_WEB, API_FROM_WEB.replace("8080", "9090"));
        assertThat(new WhatIfText(false, false, 1).of(answer)).isEqualTo("""
                FROM                       TO                PROTOCOL   PORTS   CHANGE              BECAUSE
                shop/deploy/web (2 pods)   shop/deploy/api   TCP        8080    allowed -> denied   NetworkPolicy shop/api spec.podSelector
                ... and 1 more; --limit 0 shows all.

                1 pair changes. (5 groups that policies tell apart; the change concerns 4 pairs of them)
                """);
        assertThat(new WhatIfText(true, false, 0).of(answer))
                .contains("TCP        9090    denied -> allowed   NetworkPolicy shop/api spec.ingress[0]");
    }
}
