package dev.heddle.node.rehearsal;

import dev.heddle.crds.IdentitySpec;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PublishedIdentity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The objects of the rehearsal: of each kind that the daemon watches, as many as are asked for by name. */
final class Props {
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
                "/apis/heddle.dev/v1alpha1/identities", Props::identity,
                "/apis/heddle.dev/v1alpha1/policysets", Props::policySet);
    }

    static NodeState nodeState(String name) {
        NodeState state = named(new NodeState(), name);
        state.setSpec(new NodeStateSpec(List.of(new NodeStateSpec.NamespaceSet("shop", "3fa1", 1))));
        state.setStatus(new NodeStateStatus(
                1, 1, List.of(new NodeStateStatus.LiveSet("shop", "3fa1")), 1, List.of(), List.of(), List.of()));
        return state;
    }

    static NodeEndpoints nodeEndpoints(String name) {
        NodeEndpoints endpoints = named(new NodeEndpoints(), name);
        endpoints.setSpec(new NodeEndpointsSpec(List.of("10.244.1.0/24")));
        endpoints.setStatus(new NodeEndpointsStatus(List.of("10.244.1.7 " + "0".repeat(64) + " u-1")));
        return endpoints;
    }

    static PublishedIdentity identity(String name) {
        PublishedIdentity identity = named(new PublishedIdentity(), name);
        identity.setSpec(new IdentitySpec("shop", new TreeMap<>(Map.of("app", "web")), Collections.emptyList()));
        return identity;
    }

    private static PolicySet policySet(String name) {
        return named(new PolicySet(), name);
    }

    private static HasMetadata pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withUid("u-" + name)
                .withResourceVersion("1")
                .addToLabels("app", "web")
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
                .withPodIP("10.244.1.7")
                .addNewPodIP("10.244.1.7")
                .endStatus()
                .build();
    }

    private static HasMetadata namespace(String name) {
        return named(new NamespaceBuilder().withNewMetadata().endMetadata().build(), name);
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
