package dev.heddle.node.kernel;

/** Where a service's connections end: an address of the service's family. */
public record Backend(Address address, int port) implements Comparable<Backend> {
    @Override
    public int compareTo(Backend other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }
}
