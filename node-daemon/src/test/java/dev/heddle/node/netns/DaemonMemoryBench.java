package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Report;
import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.source.HeddleKinds;
import dev.heddle.node.store.AttachmentFiles;
import dev.heddle.node.store.StateFolder;
import dev.heddle.policy.rule.Rule;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the node daemon's process takes on a node of a big cluster: its own main class with the flags of its image, over a
 * real API server that has all that {@link BigCluster} says. Measured after its rules changed many times and a minute's rest.
 */
@Tag("bench")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
class DaemonMemoryBench {

    private static final String NODE = "one";
    private static final int CHANGES = 50;
    private static final double BUDGET_MIB = 150;
    /** Longer than the daemon's audits and sweeps: what they need is then counted. */
    private static final Duration REST = Duration.ofSeconds(60);

    @KubeConfig
    static String kubeConfig;

    @TempDir
    Path folder;

    @Test
    void memory() throws Exception {
        try (TestPins _ = new TestPins();
                TwoPods _ = TwoPods.up();
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(kubeConfig))
                        .build()) {
            fill(client);
            List<Rule> rules = new ArrayList<>(BigCluster.rules());
            long sequence = enforce(client, 2, rules);
            keepPods();
            try (DaemonProcess daemon = DaemonProcess.start(folder, kubeConfig, NODE)) {
                daemon.await("heddle_addresses", BigCluster.ADDRESSES);
                daemon.await("heddle_policy_sequence_in_force", (double) sequence);
                double atStart = daemon.mebibytes("Anonymous");
                for (int i = 0; i < CHANGES; i++) {
                    rules.set(i, BigCluster.rule(i, 9_000 + i));
                    sequence = enforce(client, sequence + 1, rules);
                    daemon.await("heddle_policy_sequence_in_force", (double) sequence);
                }
                Thread.sleep(REST); // what is measured is time that passes
                assertThat(daemon.metric("heddle_endpoints")).isEqualTo(2);
                report(daemon, atStart);
            }
        }
    }

    private static void report(DaemonProcess daemon, double atStart) throws Exception {
        System.out.printf(
                "resident %.1f MiB, of which tables mapped %.1f MiB; anonymous when the first revision was live %.1f MiB%n",
                daemon.mebibytes("Rss"), daemon.metric("heddle_table_bytes") / 1048576.0, atStart);
        Report.publish(
                "memory",
                "the node daemon in a big cluster",
                "budget",
                List.of(Comparison.ofBudget(
                        "memory", "50,000 addresses", "MiB anonymous", daemon.mebibytes("Anonymous"), BUDGET_MIB)));
    }

    private static void fill(KubernetesClient client) throws IOException {
        HeddleKinds.define(client);
        namespace(client, "shop", Map.of());
        BigCluster.namespaces().forEach((name, labels) -> namespace(client, name, labels));
        BigCluster.identities().parallelStream()
                .forEach(identity ->
                        client.resource(new PublishedIdentity(identity)).create());
        endpoints(client, NODE, TwoPods.RANGES, Map.of());
        for (int node = 0; node < BigCluster.NODES; node++) {
            endpoints(client, "node-" + node, List.of(BigCluster.range(node)), BigCluster.claims(node));
        }
    }

    private static void namespace(KubernetesClient client, String name, Map<String, String> labels) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void endpoints(
            KubernetesClient client, String node, List<String> ranges, Map<String, String> claims) {
        NodeEndpoints endpoints = new NodeEndpoints();
        endpoints.getMetadata().setName(node);
        endpoints.setSpec(new NodeEndpointsSpec(ranges));
        NodeEndpoints made = client.resource(endpoints).create();
        made.setStatus(NodeEndpointsStatus.of(claims.entrySet().stream()
                .map(claim -> new EndpointClaim(
                        claim.getKey(), claim.getValue(), UUID.randomUUID().toString()))
                .toList()));
        client.resource(made).updateStatus();
    }

    /** As the operator does: the set's chunks first, then the head that names them. */
    private static long enforce(KubernetesClient client, long sequence, List<Rule> rules) {
        List<PolicySource> sources = rules.stream()
                .map(rule -> new PolicySource(
                        rule.origin().kind(),
                        rule.origin().name(),
                        "uid",
                        rule.origin().generation()))
                .toList();
        PolicySetContent content = new PolicySetContent("shop", sources, rules);
        PolicyHeadSpec spec = PolicyHeadSpec.of(content, sequence, List.of());
        if (spec.chunks() > 0) {
            content.chunks(sequence).forEach(chunk -> client.resource(chunk).create());
        }
        client.resource(new PolicyHead(spec, List.of())).createOr(there -> there.update());
        client.resource(new PolicyHead(PolicyHeadSpec.none(Sets.CLUSTER_WIDE, 1), List.of()))
                .createOr(there -> there.update());
        return sequence;
    }

    /** The two pods as an earlier daemon would have left them. */
    private void keepPods() {
        AttachmentFiles files = AttachmentFiles.in(
                StateFolder.ofThisBoot(folder, StateFolder.BOOT_ID).resolve("attachments"));
        for (TwoPods.Pod pod : List.of(TwoPods.A, TwoPods.B)) {
            files.write(
                    pod.attached(),
                    new OwnPod(
                            "shop",
                            pod.name(),
                            "uid-" + pod.name(),
                            Map.of("app", pod.name()),
                            List.of(),
                            "",
                            false,
                            false));
        }
    }
}
