package dev.heddle.node.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a pod speaks from: at most one of each family, at least one in all. Its link-local address is
 * not among them.
 */
public record PodAddresses(@Nullable Ipv4 ipv4, @Nullable Ipv6 ipv6) {

    public PodAddresses {
        if (ipv4 == null && ipv6 == null) {
            throw new IllegalArgumentException("a pod has an address");
        }
    }

    public static PodAddresses of(Address... addresses) {
        return of(List.of(addresses));
    }

    /** The first address of each family. */
    public static PodAddresses of(Collection<? extends Address> addresses) {
        Ipv4 ipv4 = null;
        Ipv6 ipv6 = null;
        for (Address address : addresses) {
            switch (address) {
                case Ipv4 found -> ipv4 = ipv4 == null ? found : ipv4;
                case Ipv6 found -> ipv6 = ipv6 == null ? found : ipv6;
            }
        }
        return new PodAddresses(ipv4, ipv6);
    }

    /** One or two, IPv4 first. */
    public List<Address> all() {
        if (ipv4 == null || ipv6 == null) {
            return List.of(ipv4 == null ? Objects.requireNonNull(ipv6) : ipv4);
        }
        return List.of(ipv4, ipv6);
    }

    public boolean contains(Address address) {
        return all().contains(address);
    }

    @Override
    public String toString() {
        return all().stream().map(Address::toString).collect(Collectors.joining(" and "));
    }
}
