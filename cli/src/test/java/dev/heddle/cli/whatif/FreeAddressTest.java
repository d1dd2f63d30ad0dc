package dev.heddle.cli.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.rule.Cidr;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, '', 10.0.0.0",
        "10.0.0.0/8, 10.0.0.0/16, 10.1.0.0",
        "10.0.0.0/8, 10.0.0.0/9 10.128.0.0/9, ''",
        "10.0.0.0/8, 0.0.0.0/0, ''",
        "10.0.0.0/30, 10.0.0.0/32 10.0.0.1/32 10.0.0.2/32, 10.0.0.3",
        "10.0.0.0/8, 10.0.0.0/16 10.0.7.0/24 10.1.0.0/32, 10.1.0.1",
        "0.0.0.0/0, ::/0, 0.0.0.0",
        "255.255.255.254/31, 255.255.255.254/32, 255.255.255.255",
        "2001:db8::/32, 2001:db8::/33, 2001:db8:8000::",
        "::/0, ::/1, 8000::",
        "2001:db8::/127, 2001:db8::/128, 2001:db8::1"
    })
    void theFirstAddressOutsideOfAllHolesIsFound(String range, String holes, String free) {
        List<Cidr> taken = holes.isEmpty()
                ? List.of()
                : Arrays.stream(holes.split(" ", -1)).map(Cidr::parse).toList();
        assertThat(FreeAddress.in(Cidr.parse(range), taken))
                .isEqualTo(free.isEmpty() ? Optional.empty() : Optional.of(Cidr.host(free)));
    }
}
