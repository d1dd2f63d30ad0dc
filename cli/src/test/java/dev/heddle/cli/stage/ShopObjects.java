package dev.heddle.cli.stage;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.Heddle;
import dev.heddle.crds.HeddleSpec;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.HeddleStatus.NodeCounts;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small shop on two nodes, every object as its writers leave it: web in front of api in front of the database, each
 * closed but for its neighbour.
 *
 * <pre>
 * node1 10.244.1.0/24: shop/web-1 .5, shop-data/db-1 .7, and kube-system/agent on the node's own network
 * node2 10.244.2.0/24: shop/web-2 .5, shop/api-1 .6
 * </pre>
 */
public final class ShopObjects {

    private static final String CREATED = "2026-01-01T00:00:00Z";

    public static final List<NetworkPolicy> POLICIES = Yaml.policies("""
            metadata: {namespace: shop, name: default-deny}
            spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
            ---
            metadata: {namespace: shop, name: web}
            spec:
              podSelector: {matchLabels: {app: web}}
              policyTypes: [Ingress, Egress]
              ingress:
              - {ports: [{port: 8080}]}
              egress:
              - {to: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 9000}]}
              - {to: [{ipBlock: {cidr: 192.0.2.0/24}}]}
            ---
            metadata: {namespace: shop, name: api}
            spec:
              podSelector: {matchLabels: {app: api}}
              policyTypes: [Ingress, Egress]
              ingress:
              - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 9000}]}
              egress:
              - to: [{namespaceSelector: {matchLabels: {team: data}}, podSelector: {matchLabels: {app: db}}}]
                ports: [{port: 5432}]
            ---
            metadata: {namespace: shop-data, name: db}
            spec:
              podSelector: {matchLabels: {app: db}}
              policyTypes: [Ingress]
              ingress:
              - from: [{namespaceSelector: {matchLabels: {team: shop}}, podSelector: {matchLabels: {app: api}}}]
                ports: [{port: 5432}]
            """);

    private static final List<Pod> PODS = List.of(
            pod("shop", "web-1", "web", "node1", "10.244.1.5", 8080),
            pod("shop", "web-2", "web", "node2", "10.244.2.5", 8080),
            pod("shop", "api-1", "api", "node2", "10.244.2.6", 9000),
            pod("shop-data", "db-1", "db", "node1", "10.244.1.7", 5432),
            new PodBuilder(pod("kube-system", "agent", "agent", "node1", "172.30.0.1", 9100))
                    .editSpec()
                    .withHostNetwork(true)
                    .endSpec()
                    .build());

    private ShopObjects() {}

    /** Every object, in an order in which they can be created. */
    public static List<HasMetadata> all() {
        List<HasMetadata> all = new ArrayList<>();
        all.addAll(List.of(
                namespace("heddle-system", "system"),
                namespace("kube-system", "system"),
                namespace("shop", "shop"),
                namespace("shop-data", "data")));
        all.addAll(List.of(node("node1", "172.30.0.1"), node("node2", "172.30.0.2")));
        all.addAll(PODS);
        all.addAll(POLICIES);
        all.add(heddle());
        all.addAll(List.of(head("shop", 2), head("shop-data", 3)));
        PODS.stream()
                .filter(pod -> !isHost(pod))
                .map(ShopObjects::identity)
                .distinct()
                .map(PublishedIdentity::new)
                .forEach(all::add);
        for (String node : List.of("node1", "node2")) {
            all.add(nodeState(node));
            all.add(nodeEndpoints(node));
        }
        return all;
    }

    /** The rules of a namespace, as the operator tells them. */
    private static PolicyHead head(String namespace, long sequence) {
        List<TranslatedPolicy> policies = POLICIES.stream()
                .filter(policy -> policy.getMetadata().getNamespace().equals(namespace))
                .map(policy -> new NetworkPolicyBuilder(policy)
                        .editMetadata()
                        .withUid("u-" + policy.getMetadata().getName())
                        .endMetadata()
                        .build())
                .map(TranslatedPolicy::of)
                .toList();
        return new PolicyHead(
                PolicyHeadSpec.of(
                        PolicySetContent.of(namespace, policies),
                        sequence,
                        policies.stream().map(policy -> sequence).toList()),
                List.of());
    }

    /** The daemon's pod on a node. */
    public static Pod daemon(String node) {
        return new PodBuilder(pod("heddle-system", "daemon-" + node, "heddle-node", node, "172.30.0.9", 9441))
                .editMetadata()
                .addToLabels("app.kubernetes.io/name", "heddle-node")
                .endMetadata()
                .editSpec()
                .withHostNetwork(true)
                .editFirstContainer()
                .withName("node-daemon")
                .endContainer()
                .endSpec()
                .build();
    }

    private static HasMetadata namespace(String name, String team) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("kubernetes.io/metadata.name", name, "team", team))
                .endMetadata()
                .build();
    }

    private static Node node(String name, String address) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of("kubernetes.io/hostname", name))
                .endMetadata()
                .withNewStatus()
                .addNewAddress(address, "InternalIP")
                .endStatus()
                .withNewSpec()
                .withPodCIDR(podRange(name))
                .withPodCIDRs(podRange(name), podRange6(name))
                .endSpec()
                .build();
    }

    private static Pod pod(String namespace, String name, String app, String node, String address, int port) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(Map.of("app", app, "pod-template-hash", "5d8f"))
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName(app + "-5d8f")
                .withUid("u-" + app)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("main")
                .withImage("example.org/" + app)
                .addNewPort()
                .withName("main")
                .withContainerPort(port)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .withPodIP(address)
                .addNewPodIP(address)
                .addNewPodIP(address6(address))
                .endStatus()
                .build();
    }

    private static Identity identity(Pod pod) {
        int port =
                pod.getSpec().getContainers().getFirst().getPorts().getFirst().getContainerPort();
        return Identity.of(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getLabels(),
                List.of(new NamedPort("main", Protocol.TCP, port)));
    }

    private static Heddle heddle() {
        Heddle heddle = new Heddle();
        heddle.setMetadata(new ObjectMetaBuilder().withName(Heddle.NAME).build());
        heddle.setSpec(HeddleSpec.DEFAULTS);
        heddle.setStatus(new HeddleStatus(1, new NodeCounts(2, 2), List.of(condition("Ready"))));
        return heddle;
    }

    private static NodeState nodeState(String node) {
        NodeState state = new NodeState();
        state.setMetadata(new ObjectMetaBuilder().withName(node).build());
        state.setSpec(new NodeStateSpec(NodeStateSpec.Mode.Enforce));
        List<Condition> conditions = List.of(condition("Ready"), condition("Enforced"));
        state.setStatus(
                new NodeStateStatus(1, 3, 3, 7, List.of("shop=2", "shop-data=3"), 2, List.of(), List.of(), conditions));
        return state;
    }

    private static String podRange6(String node) {
        return node.equals("node1") ? "fd00:244:0:1::/64" : "fd00:244:0:2::/64";
    }

    /** A pod's other address: the last two numbers of its IPv4 address are subnet and host there too. */
    private static String address6(String address) {
        String[] parts = address.split("\\.", -1);
        return "fd00:244:0:" + parts[2] + "::" + parts[3];
    }

    private static String podRange(String node) {
        return node.equals("node1") ? "10.244.1.0/24" : "10.244.2.0/24";
    }

    private static NodeEndpoints nodeEndpoints(String node) {
        NodeEndpoints endpoints = new NodeEndpoints();
        endpoints.setMetadata(new ObjectMetaBuilder().withName(node).build());
        endpoints.setSpec(new NodeEndpointsSpec(List.of(podRange(node))));
        endpoints.setStatus(NodeEndpointsStatus.of(PODS.stream()
                .filter(pod -> pod.getSpec().getNodeName().equals(node) && !isHost(pod))
                .map(pod -> new EndpointClaim(
                        pod.getStatus().getPodIP(),
                        identity(pod).hash(),
                        "u-" + pod.getMetadata().getName()))
                .toList()));
        return endpoints;
    }

    private static boolean isHost(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    private static Condition condition(String type) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason("AsWanted")
                .withMessage("all is well")
                .withLastTransitionTime(CREATED)
                .build();
    }
}
