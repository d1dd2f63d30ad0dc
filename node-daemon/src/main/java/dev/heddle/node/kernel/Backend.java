package dev.heddle.node.kernel;

/** Where a service's connections end. */
public record Backend(Ipv4 address, int port) implements Comparable<Backend> {
    @Override
    public int compareTo(Backend other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }
}
