package dev.heddle.e2e;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Pods in the network of their node are the node: no policy selects them, no label that they have counts, and they reach every pod
 * of their own node. What a pod of their own node asks over UDP their kernel answers from another of the node's addresses, with
 * Heddle or without: there TCP alone is looked at.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostNetworkTest {

    @RegisterExtension
    final OnCluster cluster = new OnCluster("host");

    @BeforeAll
    void startPods() {
        String app = cluster.namespace("app");
        cluster.namespaces.start(List.of(
                TestPod.serving(app, "server", cluster.firstNode(), Map.of("role", "server")),
                TestPod.serving(app, "friend", cluster.secondNode(), Map.of("role", "friend")),
                TestPod.serving(app, "stranger", cluster.secondNode(), Map.of("role", "stranger")),
                TestPod.onHost(TestPod.serving(app, "here", cluster.firstNode(), Map.of("role", "friend"))),
                TestPod.onHost(TestPod.serving(app, "there", cluster.secondNode(), Map.of("role", "friend")))));
    }

    @Test
    void theirLabelsAndTheirNamespacesPoliciesDoNotCount() {
        NetworkPolicy policy = cluster.enforce("app", "friends", """
                podSelector: {}
                ingress:
                - from: [{podSelector: {matchLabels: {role: friend}}}]
                """);
        cluster.assertTable("""
                           app/server app/here app/there
              app/friend   TU         TU       T
              app/stranger -          TU       T
              app/here     TU         .        TU
              app/there    -          TU       .
              """);
        cluster.withdraw(policy);
    }

    @Test
    void theyAreReachedAndReachByTheAddressesOfTheirNode() {
        NetworkPolicy policy = cluster.enforce("app", "node", """
                podSelector: {matchLabels: {role: server}}
                policyTypes: [Ingress, Egress]
                ingress:
                - from: %1$s
                egress:
                - to: %1$s
                """.formatted(blocks(cluster.pod("app/there"))));
        cluster.assertTable("""
                         app/server app/here app/there app/friend
              app/server .          T        TU        -
              app/there  TU         .        .         .
              app/friend -          .        .         .
              """);
        cluster.withdraw(policy);
    }

    private static String blocks(TestPod pod) {
        return pod.ranges().stream()
                .map("{ipBlock: {cidr: \"%s\"}}"::formatted)
                .toList()
                .toString();
    }
}
