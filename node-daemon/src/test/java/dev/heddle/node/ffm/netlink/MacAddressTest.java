package dev.heddle.node.ffm.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MacAddressTest {
    @Test
    void readsBothWritings() {
        MacAddress mac = MacAddress.parse("f2:42:ac:11:00:02");
        assertThat(mac).isEqualTo(MacAddress.parse("f242ac110002")).hasToString("f2:42:ac:11:00:02");
        assertThat(mac.hex()).isEqualTo("f242ac110002");
        assertThat(MacAddress.of(mac.bytes())).isEqualTo(mac);
    }

    @Test
    void refusesOthers() {
        assertThatThrownBy(() -> MacAddress.parse("f2:42")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MacAddress.parse("zz:42:ac:11:00:02")).isInstanceOf(IllegalArgumentException.class);
    }
}
