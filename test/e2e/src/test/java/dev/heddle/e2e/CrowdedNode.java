package dev.heddle.e2e;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.policy.identity.Identity;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node that is only an object, full of pods that are only addresses: what other nodes know of a big cluster. */
final class CrowdedNode implements AutoCloseable {

    private static final int PODS_PER_IDENTITY = 10;
    private static final int ADDRESSES_PER_BYTE = 250;

    private final KubernetesClient client;
    private final String name;
    private final Set<String> created = new HashSet<>();

    CrowdedNode(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Claims so many addresses, ten for each identity, and waits until the API server has them. */
    void claim(int addresses) {
        client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withPodCIDRs("10.244.64.0/18")
                        .withPodCIDR("10.244.64.0/18")
                        .withUnschedulable(true)
                        .endSpec()
                        .build())
                .create();
        Await.until("NodeEndpoints of " + name, () -> endpoints() != null);
        List<EndpointClaim> claims = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            String address = "10.244." + (64 + i / ADDRESSES_PER_BYTE) + "." + (1 + i % ADDRESSES_PER_BYTE);
            claims.add(new EndpointClaim(address, identity(i / PODS_PER_IDENTITY), "uid-" + i));
        }
        NodeEndpoints endpoints = endpoints();
        endpoints.setStatus(NodeEndpointsStatus.of(claims));
        client.resource(endpoints).subresource("status").update();
    }

    /** The node goes; what speaks of it goes with it. Its identities are collected, as all that nobody names. */
    @Override
    public void close() {
        client.nodes().withName(name).delete();
        Await.until("end of NodeEndpoints of " + name, () -> endpoints() == null);
    }

    private String identity(int number) {
        PublishedIdentity identity =
                new PublishedIdentity(Identity.of("default", Map.of("app", name + number), List.of()));
        if (created.add(identity.getMetadata().getName())) {
            client.resource(identity).serverSideApply();
        }
        return identity.getMetadata().getName();
    }

    private NodeEndpoints endpoints() {
        return client.resources(NodeEndpoints.class).withName(name).get();
    }
}
