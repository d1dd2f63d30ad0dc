package dev.heddle.cli.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.rule.Cidr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 5952, sections 4 and 5, and the ends. */
class AddressTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "2001:db8::1",
                "2001:db8:0:1:1:1:1:1",
                "2001:0:0:1::1",
                "2001:db8::1:0:0:1",
                "::",
                "::1",
                "fd00::",
                "::ffff:c000:201"
            })
    void theCanonicalFormStays(String text) {
        assertThat(AddressText.of(Cidr.host(text))).isEqualTo(text);
    }
}
