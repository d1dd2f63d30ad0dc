package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.kernel.Ipv6;
import org.junit.jupiter.api.Test;

/** The smallest block around some addresses. */
class AddressRangeTest {

    @Test
    void oneAddressIsARangeAndNoneMatchesNothingThatIsSentTo() {
        AddressRange one = of("fd00:96::10");
        assertThat(one.first()).isEqualTo(Ipv6.parse("fd00:96::10"));
        assertThat(one.mask()).isEqualTo(new Ipv6(-1, -1));
        assertThat(AddressRange.NONE.mask()).isEqualTo(new Ipv6(-1, -1));
        assertThat(AddressRange.NONE.first()).isEqualTo(new Ipv6(0, 0));
    }

    @Test
    void moreAddressesHaveTheirCommonBits() {
        AddressRange range = of("fd00:96::10", "fd00:96::1f");
        assertThat(range.first()).isEqualTo(Ipv6.parse("fd00:96::10"));
        assertThat(range.mask()).isEqualTo(new Ipv6(-1, -16));
        assertThat(of("fd00:96::10", "fd00:96::1f", "fd00:96::13")).isEqualTo(range);
        assertThat(of("fd00:96::1f", "fd00:96::10")).isEqualTo(range);
    }

    @Test
    void addressesThatDifferEarlyShareNothingBehind() {
        AddressRange range = of("fd00:96::10", "fd00:97::10");
        assertThat(range.first()).isEqualTo(Ipv6.parse("fd00:96::"));
        assertThat(range.mask()).isEqualTo(Ipv6.parse("ffff:fffe::"));
        assertThat(of("8000::", "1::").mask()).isEqualTo(new Ipv6(0, 0));
    }

    private static AddressRange of(String... addresses) {
        AddressRange range = AddressRange.NONE;
        for (String address : addresses) {
            Ipv6 parsed = Ipv6.parse(address);
            range = range.with(parsed.high(), parsed.low());
        }
        return range;
    }
}
