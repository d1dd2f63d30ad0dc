package dev.heddle.cli.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.People;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.facts.PolicyObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long {@code kubectl heddle whatif} computes in a cluster of 30,000 pods: 300 namespaces with ten workloads of ten pods each, and ten
 * policies. Once for a change of one policy, and once for one that concerns every pair there is.
 */
@Tag("bench")
class WhatIfBench {

    private static final int NAMESPACES = 300;
    private static final int WORKLOADS = 10;
    private static final int PODS = 10;
    private static final int TEAMS = 30;
    private static final int ROUNDS = 3;
    private static final String METRIC = "s to an answer";
    private static final double ONE_BUDGET_SECONDS = 2;
    private static final double EVERYTHING_BUDGET_SECONDS = 20;

    private static final String ONE = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: app3, namespace: ns7}
            spec:
              podSelector: {matchLabels: {app: app3}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: app1}}}], ports: [{port: 9090}]}
            """;
    private static final String EVERYTHING = """
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: guard}
            spec:
              tier: Admin
              priority: 10
              subject: {namespaces: {}}
              ingress:
              - {action: Deny, from: [{namespaces: {matchLabels: {team: team3}}}], protocols: [{tcp: {destinationPort: {number: 8080}}}]}
            """;

    @Test
    void anAnswerForABigCluster() throws IOException {
        WhatIfFacts facts = facts();
        double[] one = new double[ROUNDS];
        double[] everything = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            one[round] = seconds(facts, ONE, 1);
            everything[round] = seconds(facts, EVERYTHING, NAMESPACES / TEAMS * WORKLOADS);
        }
        // The command answers once in a cold virtual machine: so the first round counts.
        Report.publish(
                "whatif",
                "s to an answer, from what the API server said",
                "budget",
                List.of(
                        Comparison.ofBudget("whatif", "one policy", METRIC, one[0], ONE_BUDGET_SECONDS),
                        Comparison.ofBudget("whatif", "everything", METRIC, everything[0], EVERYTHING_BUDGET_SECONDS)));
        System.out.printf(
                "warm, the best of %d: one policy %.2f s, everything %.2f s%n",
                ROUNDS,
                Arrays.stream(one).min().orElseThrow(),
                Arrays.stream(everything).min().orElseThrow());
    }

    /** @param atLeast pairs that change */
    private static double seconds(WhatIfFacts facts, String change, int atLeast) {
        long began = System.nanoTime();
        WhatIf answer = WhatIfs.of(
                facts, new Proposal(Manifests.read(change, "file", "default").policies(), List.of()), List.of());
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%.2f s: %d groups, %d pairs compared, %d change%n",
                seconds, answer.groups(), answer.compared(), answer.pairs().size());
        assertThat(answer.understood()).isTrue();
        assertThat(answer.pairs()).hasSizeGreaterThanOrEqualTo(atLeast);
        return seconds;
    }

    private static WhatIfFacts facts() {
        List<PodFacts> pods = new ArrayList<>();
        List<PolicyObject> policies = new ArrayList<>();
        Map<String, Map<String, String>> namespaces = new TreeMap<>();
        int address = 10 << 24;
        for (int i = 0; i < NAMESPACES; i++) {
            String namespace = "ns" + i;
            namespaces.put(namespace, Map.of("team", "team" + i % TEAMS));
            for (int j = 0; j < WORKLOADS; j++) {
                for (int pod = 0; pod < PODS; pod++) {
                    address++;
                    pods.add(People.pod(namespace, "app" + j, pod, "node" + pod, text(address)));
                }
                policies.addAll(
                        Manifests.read(policy(namespace, j), "bench", namespace).policies());
            }
        }
        List<NodeFacts> nodes = new ArrayList<>();
        for (int i = 0; i < PODS; i++) {
            nodes.add(People.node("node" + i, "10.0.0.0/8", "172.30.0." + (i + 1)));
        }
        return new WhatIfFacts(pods, namespaces, nodes, policies);
    }

    private static String policy(String namespace, int app) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: app%d, namespace: %s, generation: 1}
                spec:
                  podSelector: {matchLabels: {app: app%d}}
                  ingress:
                  - {from: [{podSelector: {matchLabels: {app: app%d}}}], ports: [{port: 8080}]}
                  - {from: [{ipBlock: {cidr: 192.0.%d.0/24}}]}
                """.formatted(app, namespace, app, (app + 1) % WORKLOADS, app);
    }

    private static String text(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xff) + "." + ((address >>> 8) & 0xff) + "."
                + (address & 0xff);
    }
}
