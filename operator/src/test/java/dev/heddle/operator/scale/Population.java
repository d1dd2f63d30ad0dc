package dev.heddle.operator.scale;

import dev.heddle.policy.identity.Identity;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is in the cluster, by number. Each namespace has five apps; a policy lets one app reach another. */
final class Population {

    private static final int APPS = 5;

    private Population() {}

    static String node(int number) {
        return "node-" + number;
    }

    static String range(int node) {
        return "10." + node / 256 + "." + node % 256 + ".0/24";
    }

    static String address(int node, int number) {
        return "10." + node / 256 + "." + node % 256 + "." + (1 + number % 254);
    }

    static String namespace(int number) {
        return "team-" + number;
    }

    static String app(int number) {
        return "app-" + number % APPS;
    }

    static Identity identity(String namespace, String app) {
        return Identity.of(namespace, Map.of("app", app, "tier", "backend"), List.of());
    }

    static Stream<Identity> identities(int namespaces) {
        return IntStream.range(0, namespaces)
                .boxed()
                .flatMap(number -> IntStream.range(0, APPS).mapToObj(app -> identity(namespace(number), app(app))));
    }

    static Node nodeObject(int number) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(node(number))
                .endMetadata()
                .withNewSpec()
                .withPodCIDR(range(number))
                .withPodCIDRs(range(number))
                .endSpec()
                .build();
    }

    static Namespace namespaceObject(int number) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace(number))
                .withLabels(Map.of("team", "t" + number % 20))
                .endMetadata()
                .build();
    }

    /** As a Deployment's pod looks that is bound to a node. */
    static Pod pod(SimulatedPod pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.name())
                .withLabels(Map.of("app", pod.app(), "tier", "backend", "pod-template-hash", "5d9c7f6b4"))
                .endMetadata()
                .withNewSpec()
                .withNodeName(node(pod.node()))
                .withServiceAccountName("default")
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("main")
                .withImage("example.org/" + pod.app() + ":1")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    /** Lets one app of the namespace, and one of another team's, reach a port of another app. */
    static NetworkPolicy policy(String namespace, int number, int port) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("policy-" + number)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", app(number)))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", app(number + 1)))
                .endPodSelector()
                .endFrom()
                .addNewFrom()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("team", "t" + number % 20))
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", app(number + 2)))
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(port)
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }
}
