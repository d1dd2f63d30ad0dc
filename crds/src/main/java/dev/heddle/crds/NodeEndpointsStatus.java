package dev.heddle.crds;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/**
 * What the node claims, as one atomic list, so that a write is one whole picture.
 *
 * @param endpoints one line for each address: {@code ADDRESS IDENTITYHASH PODUID}, sorted
 */
@Wire
public record NodeEndpointsStatus(
        @Size(max = 2048)
        List<@Size(max = 160) @Pattern("^[0-9a-fA-F.:]+ [0-9a-f]{64} [0-9A-Za-z-]+$") String> endpoints) {

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
