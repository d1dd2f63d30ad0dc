package dev.heddle.node.desired;

import dev.heddle.node.kernel.Address;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What no policy can be closed for. */
public final class TooManyAddresses {

    /** More than there are pages of 256 addresses. */
    private static final int COUNT = 3_000;

    private TooManyAddresses() {}

    /** Each needs a page of its own. */
    public static Set<Address> ofOneNode() {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> Address.parse("172.%d.%d.1".formatted(16 + i / 256, i % 256)))
                .collect(Collectors.toSet());
    }
}
