package dev.heddle.crds;

/**
 * One entry of NodeEndpoints: an address, who it is, and which pod says so.
 *
 * @param address IPv4 or IPv6 address, without a length
 * @param identity hash of the identity
 * @param podUid uid of the pod, so that a reused address is told from the old one
 */
public record EndpointClaim(String address, String identity, String podUid) {

    /** Reads {@code ADDRESS IDENTITYHASH PODUID}. */
    public static EndpointClaim parse(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not ADDRESS IDENTITYHASH PODUID");
        }
        return new EndpointClaim(parts[0], parts[1], parts[2]);
    }

    @Override
    public String toString() {
        return address + " " + identity + " " + podUid;
    }
}
