package dev.heddle.node.rehearsal;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.policy.identity.Identity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The objects of the rehearsal: of each kind that the daemon watches one by each name. */
final class Props {
    static final String NODE = "node1";

    private static final PolicySetContent SET = set();

    private Props() {}

    /** What the API server's paths hold, each as a maker of objects by name. */
    static Map<String, Function<String, HasMetadata>> byPath() {
        return Map.of(
                "/api/v1/pods", Props::pod,
                "/api/v1/namespaces", Props::namespace,
                "/api/v1/nodes", Props::node,
                "/api/v1/services", Props::service,
                "/apis/discovery.k8s.io/v1/endpointslices", Props::endpointSlice,
                "/apis/heddle.dev/v1alpha1/nodestates", Props::nodeState,
                "/apis/heddle.dev/v1alpha1/nodeendpoints", Props::nodeEndpoints,
                "/apis/heddle.dev/v1alpha1/identities", Props::publishedIdentity,
                "/apis/heddle.dev/v1alpha1/policyheads", Props::policyHead);
    }

    private static NodeState nodeState(String name) {
        NodeState state = named(new NodeState(), NODE);
        state.setSpec(new NodeStateSpec(NodeStateSpec.Mode.Enforce));
        return state;
    }

    private static NodeEndpoints nodeEndpoints(String name) {
        NodeEndpoints endpoints = named(new NodeEndpoints(), name);
        endpoints.setSpec(new NodeEndpointsSpec(List.of("10.244.2.0/24")));
        endpoints.setStatus(
                new NodeEndpointsStatus(List.of("10.244.2.7 " + identity("one").hash() + " u-1")));
        return endpoints;
    }

    private static PublishedIdentity publishedIdentity(String name) {
        return new PublishedIdentity(identity(name));
    }

    private static Identity identity(String app) {
        return new Identity("shop", new TreeMap<>(Map.of("app", app)), List.of());
    }

    /** The second is that of the namespace. */
    private static PolicyHead policyHead(String name) {
        PolicyHeadSpec spec = name.equals("two") ? PolicyHeadSpec.of(SET, 2, List.of(2L)) : PolicyHeadSpec.none("", 1);
        return named(new PolicyHead(spec, List.of()), PolicyHead.nameOf(spec.namespace()));
    }

    /** A policy of every day: web may be reached by one on a port and by a range, and by nobody else. */
    private static PolicySetContent set() {
        NetworkPolicy policy = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withUid("u-web")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels("app", "two")
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .addToMatchLabels("app", "one")
                .endPodSelector()
                .endFrom()
                .addNewFrom()
                .withNewIpBlock()
                .withCidr("192.0.2.0/24")
                .endIpBlock()
                .endFrom()
                .addNewPort()
                .withProtocol("TCP")
                .withPort(new IntOrString(8080))
                .endPort()
                .endIngress()
                .endSpec()
                .build();
        return PolicySetContent.of("shop", List.of(TranslatedPolicy.of(policy)));
    }

    /** The interface of the pod "two", which its policy selects. */
    static PodInterface attachedPod() {
        return new PodInterface(
                "c1",
                "eth0",
                "shop",
                "two",
                "u-two",
                7,
                "veth7",
                PodAddresses.of(Ipv4.parse(address("two"))),
                "02:00:00:00:00:07",
                "/var/run/netns/c1");
    }

    private static HasMetadata pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid("u-" + name)
                .withResourceVersion("1")
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node1")
                .addNewContainer()
                .withName("web")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPodIP(address(name))
                .addNewPodIP(address(name))
                .endStatus()
                .build();
    }

    private static String address(String pod) {
        return pod.equals("two") ? "10.244.1.7" : "10.244.1.6";
    }

    private static HasMetadata namespace(String name) {
        return named(new NamespaceBuilder().build(), "shop");
    }

    private static HasMetadata node(String name) {
        return named(
                new NodeBuilder()
                        .withNewSpec()
                        .withPodCIDRs("10.244.1.0/24")
                        .endSpec()
                        .withNewStatus()
                        .addNewAddress("192.0.2.1", "InternalIP")
                        .endStatus()
                        .build(),
                name);
    }

    private static HasMetadata service(String name) {
        return named(
                new ServiceBuilder()
                        .withNewSpec()
                        .withClusterIP("10.96.0.7")
                        .addNewPort()
                        .withProtocol("TCP")
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build(),
                name);
    }

    private static HasMetadata endpointSlice(String name) {
        return named(
                new EndpointSliceBuilder()
                        .withAddressType("IPv4")
                        .addNewEndpoint()
                        .withAddresses("10.244.1.7")
                        .withNewConditions()
                        .withReady(true)
                        .endConditions()
                        .endEndpoint()
                        .addNewPort()
                        .withProtocol("TCP")
                        .withPort(8080)
                        .endPort()
                        .build(),
                name);
    }

    private static <T extends HasMetadata> T named(T object, String name) {
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withUid("u-" + name)
                .withResourceVersion("1")
                .withGeneration(1L)
                .build());
        return object;
    }
}
