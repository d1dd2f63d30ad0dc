package dev.heddle.node.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.ServiceTable.Endpoint;
import dev.heddle.node.desired.ServiceTable.Port;
import dev.heddle.node.desired.ServiceTable.Service;
import dev.heddle.node.desired.ServiceTable.Slice;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.ServiceAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTableTest {

    private static final Ipv4 VIRTUAL = Ipv4.parse("10.96.0.5");
    private static final Ipv4 ONE = Ipv4.parse("10.244.1.2");
    private static final Ipv4 TWO = Ipv4.parse("10.244.2.2");
    private static final ServiceAddress HTTP = new ServiceAddress(VIRTUAL, 80, 6);

    private final ServiceTable table = new ServiceTable();

    @Test
    void aPortGoesToTheReadyEndpointsOfAllSlices() {
        table.service("shop/web", new Service(List.of(VIRTUAL), List.of(new Port("http", 80, 6)), false));
        table.slice("shop/web-1", slice(new Endpoint(ONE, true, true, true)));
        table.slice("shop/web-2", slice(new Endpoint(TWO, true, true, false)));

        assertThat(table.backends()).isEqualTo(Map.of(HTTP, List.of(new Backend(ONE, 8080), new Backend(TWO, 8080))));

        table.sliceGone("shop/web-1");
        assertThat(table.backends()).isEqualTo(Map.of(HTTP, List.of(new Backend(TWO, 8080))));
    }

    @Test
    void endpointsThatOnlyServeAreTheLastResort() {
        table.service("shop/web", new Service(List.of(VIRTUAL), List.of(new Port("http", 80, 6)), false));
        table.slice("shop/web-1", slice(new Endpoint(ONE, false, true, true)));
        assertThat(table.backends().get(HTTP)).containsExactly(new Backend(ONE, 8080));

        table.slice("shop/web-2", slice(new Endpoint(TWO, true, true, false)));
        assertThat(table.backends().get(HTTP)).containsExactly(new Backend(TWO, 8080));
    }

    @Test
    void aServiceWithoutEndpointsRefuses() {
        table.service("shop/web", new Service(List.of(VIRTUAL), List.of(new Port("http", 80, 6)), false));

        assertThat(table.backends()).isEqualTo(Map.of(HTTP, List.of()));
    }

    @Test
    void internalTrafficPolicyLocalStaysOnTheNode() {
        table.service("shop/web", new Service(List.of(VIRTUAL), List.of(new Port("http", 80, 6)), true));
        table.slice("shop/web-1", slice(new Endpoint(ONE, true, true, true), new Endpoint(TWO, true, true, false)));

        assertThat(table.backends().get(HTTP)).containsExactly(new Backend(ONE, 8080));
    }

    /** A dual-stack Service has an address and slices of each family; the numbers of its ports may differ. */
    @Test
    void eachAddressGoesToEndpointsOfItsFamily() {
        Address second = Address.parse("fd00:96::5");
        Address three = Address.parse("fd00:244:1::2");
        table.service("shop/web", new Service(List.of(VIRTUAL, second), List.of(new Port("http", 80, 6)), false));
        table.slice("shop/web-v4", slice(new Endpoint(ONE, true, true, true)));
        table.slice(
                "shop/web-v6",
                new Slice(
                        "shop/web",
                        Map.of(ServiceTable.portKey("http", 6), 8086),
                        List.of(new Endpoint(three, true, true, true))));

        assertThat(table.backends())
                .isEqualTo(Map.of(
                        HTTP,
                        List.of(new Backend(ONE, 8080)),
                        new ServiceAddress(second, 80, 6),
                        List.of(new Backend(three, 8086))));

        table.sliceGone("shop/web-v4");
        assertThat(table.backends().get(HTTP)).as("no IPv6 endpoint serves it").isEmpty();
    }

    @Test
    void aDeletedServiceIsGoneAndNothingChangesTwice() {
        table.service("shop/web", new Service(List.of(VIRTUAL), List.of(new Port("http", 80, 6)), false));
        assertThat(table.backends()).isSameAs(table.backends());

        table.serviceGone("shop/web");
        assertThat(table.backends()).isEmpty();
    }

    private static Slice slice(Endpoint... endpoints) {
        return new Slice("shop/web", Map.of(ServiceTable.portKey("http", 6), 8080), List.of(endpoints));
    }
}
