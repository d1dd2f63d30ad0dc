package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * What the node claims, as one atomic list, so that a write is one whole picture.
 *
 * @param endpoints {@code ADDRESS IDENTITYHASH PODUID}, sorted; see {@link EndpointClaim}
 */
@Wire
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input = "{properties: {endpoints: {x-kubernetes-list-type: atomic, items: {maxLength: 160, "
                + "pattern: '^[0-9a-fA-F.:]+ [0-9a-f]{64} [0-9A-Za-z-]+$'}}}}")
public record NodeEndpointsStatus(@Size(max = 2048) List<String> endpoints) {

    public NodeEndpointsStatus {
        endpoints = Lists.copyOf(endpoints);
    }

    public static NodeEndpointsStatus of(List<EndpointClaim> claims) {
        return new NodeEndpointsStatus(
                claims.stream().map(EndpointClaim::toString).sorted().toList());
    }

    /** The entries, read. @throws IllegalArgumentException naming the entry that is not a claim */
    public List<EndpointClaim> claims() {
        return endpoints.stream().map(EndpointClaim::parse).toList();
    }
}
