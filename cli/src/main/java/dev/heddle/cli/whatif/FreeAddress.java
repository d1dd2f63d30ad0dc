package dev.heddle.cli.whatif;

import dev.heddle.policy.rule.Cidr;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds an address that stands for what is left of a range. */
final class FreeAddress {

    private FreeAddress() {}

    /**
     * The first address of a range that is in none of the holes.
     *
     * @param holes ranges of any family; those outside of the range do not matter
     */
    static Optional<Cidr> in(Cidr range, Collection<Cidr> holes) {
        if (holes.stream().anyMatch(hole -> hole.contains(range))) {
            return Optional.empty();
        }
        List<Cidr> inside = holes.stream().filter(range::contains).sorted().toList();
        BigInteger next = first(range);
        for (Cidr hole : inside) {
            if (first(hole).compareTo(next) > 0) {
                break;
            }
            next = next.max(end(hole));
        }
        return next.compareTo(end(range)) < 0 ? Optional.of(host(range.isIpv4(), next)) : Optional.empty();
    }

    private static BigInteger first(Cidr range) {
        return new BigInteger(1, range.address());
    }

    /** Behind the last address. */
    private static BigInteger end(Cidr range) {
        return first(range).add(BigInteger.ONE.shiftLeft((range.isIpv4() ? 32 : 128) - range.prefixLength()));
    }

    private static Cidr host(boolean ipv4, BigInteger address) {
        return ipv4
                ? new Cidr(true, address.longValue() << 32, 0, 32)
                : new Cidr(false, address.shiftRight(Long.SIZE).longValue(), address.longValue(), 128);
    }
}
