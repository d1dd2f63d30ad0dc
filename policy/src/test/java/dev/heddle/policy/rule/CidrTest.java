package dev.heddle.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8",
        "255.255.255.255/32, 255.255.255.255/32",
        "1.2.3.4/0, 0.0.0.0/0",
        "2001:DB8:1:2:3:4:5:6/33, 2001:db8:0:0:0:0:0:0/33",
        "2001:db8::ff/127, 2001:db8:0:0:0:0:0:fe/127",
        "::ffff:1.2.3.4/96, ::ffff:0.0.0.0/96",
    })
    void isCanonical(String written, String canonical) {
        assertThat(Cidr.parse(written).text()).isEqualTo(canonical);
        assertThat(Cidr.parse(canonical)).isEqualTo(Cidr.parse(written)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.0/16, true",
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 10.0.0.0/7, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, 128.0.0.0/1, true",
        "::/0, 10.0.0.0/8, false",
        "0.0.0.0/0, ::1/128, false",
        "2001:db8::/64, 2001:db8::1/128, true",
        "2001:db8::/65, 2001:db8::8000:0:0:1/128, false",
    })
    void contains(String outer, String inner, boolean contained) {
        assertThat(Cidr.parse(outer).contains(Cidr.parse(inner))).isEqualTo(contained);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0", "10.0.0/8", "10.0.0.0/33", "10.0.0.0/-1", "010.0.0.0/8", "10.0.0.0/08", "::1::/64", "x/8"})
    void saysWhatIsWrong(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a CIDR");
    }

    @Test
    void givesTheAddressAsNumberAndBytes() {
        assertThat(Cidr.host("192.0.2.1").ipv4Address()).isEqualTo(0xc0000201);
        assertThat(Cidr.host("192.0.2.1").address()).containsExactly(192, 0, 2, 1);
        assertThat(Cidr.ofIpv4(0xc0000201)).isEqualTo(Cidr.host("192.0.2.1"));
        assertThat(Cidr.host("2001:db8::1").address())
                .hasSize(16)
                .startsWith(0x20, 0x01)
                .endsWith(0, 1);
    }
}
