package dev.heddle.node.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    /** RFC 5952, section 4. */
    @ParameterizedTest
    @CsvSource({
        "10.244.1.7, 10.244.1.7",
        "255.255.255.255, 255.255.255.255",
        "fd00:0244:0000:0001:0000:0000:0000:0010, fd00:244:0:1::10",
        "FD00:ABCD::A, fd00:abcd::a",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "::ffff:10.0.0.1, ::ffff:a00:1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void anAddressHasOneText(String text, String canonical) {
        Address address = Address.parse(text);

        assertThat(address).hasToString(canonical).isEqualTo(Address.parse(canonical));
        assertThat(Address.of(address.octets())).isEqualTo(address);
        assertThat(address.cidr().address()).isEqualTo(address.octets());
        assertThat(address.cidr().isHost()).isTrue();
    }

    @Test
    void addressesHaveAnOrder() {
        List<Address> sorted = Stream.of("9.0.0.1", "10.0.0.1", "200.0.0.1", "::1", "fd00::1", "fd00::8000:0:0:1")
                .map(Address::parse)
                .toList();

        assertThat(sorted.reversed().stream().sorted()).containsExactlyElementsOf(sorted);
    }

    @Test
    void aPodHasOneAddressOfAFamilyAtMost() {
        Ipv4 ipv4 = Ipv4.parse("10.0.0.1");
        Ipv6 ipv6 = Ipv6.parse("fd00::1");

        assertThat(PodAddresses.of(ipv6, ipv4, Ipv4.parse("10.0.0.2")).all()).containsExactly(ipv4, ipv6);
        assertThat(PodAddresses.of(ipv6))
                .isEqualTo(new PodAddresses(null, ipv6))
                .hasToString("fd00::1");
        assertThat(PodAddresses.of(ipv4, ipv6)).hasToString("10.0.0.1 and fd00::1");
        assertThatThrownBy(PodAddresses::of).isInstanceOf(IllegalArgumentException.class);
    }
}
