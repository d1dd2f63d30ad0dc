package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MapSpec;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.ServiceAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs do not look for a service where the filter says that none is: what it does not know yet must not count. */
@Tag("bpf")
class ServiceFilterTest {

    private static final int TCP = 6;

    private final BpfMap map = BpfMap.create(MapSpec.of(KernelMap.CONTROL));
    private final MappedArray control = MappedArray.of(map);
    private final ServiceFilter filter = new ServiceFilter(control);

    @AfterEach
    void end() {
        control.close();
        map.close();
    }

    @Test
    void whileServicesThatAreThereAreStillBeingReadProgramsLookEverywhere() {
        filter.admit(at("10.96.0.10", 80), false);
        filter.admit(at("fd00:96::10", 80), false);
        filter.admit(at("0.0.0.0", 30080), false);
        assertThat(isUsed()).isFalse();

        filter.begin();
        assertThat(isUsed()).isTrue();
        assertThat(covers("10.96.0.10")).isTrue();
        assertThat(covers("10.96.0.11")).isFalse();
        assertThat(covers("fd00:96::10")).isTrue();
        assertThat(covers("fd00:96::11")).isFalse();
        assertThat(ports()).isEqualTo("30080-30080");
    }

    @Test
    void withoutServicesProgramsLookNowhere() {
        filter.begin();
        assertThat(isUsed()).isTrue();
        for (String somewhere : new String[] {"10.96.0.10", "255.255.255.255", "fd00:96::10"}) {
            assertThat(covers(somewhere)).as(somewhere).isFalse();
        }
        assertThat(ports()).as("none, when the first is behind the last").isEqualTo("65535-0");
    }

    @Test
    void itGrowsByWhatComesLater() {
        filter.admit(at("10.96.0.10", 80), false);
        filter.admit(at("0.0.0.0", 30080), false);
        filter.begin();
        filter.admit(at("10.96.7.1", 80), false);
        filter.admit(at("::", 30001), false);
        filter.admit(at("::", 31000), false);
        assertThat(covers("10.96.0.10")).isTrue();
        assertThat(covers("10.96.7.1")).isTrue();
        assertThat(covers("10.97.0.1")).isFalse();
        assertThat(ports()).isEqualTo("30001-31000");
    }

    /** A node port is a service at each node's address as well, and those are all over. */
    @Test
    void addressesOfNodesAreInNoRange() {
        filter.admit(at("192.0.2.7", 30080), true);
        filter.begin();
        assertThat(covers("192.0.2.7")).isFalse();
    }

    private static ServiceAddress at(String address, int port) {
        return new ServiceAddress(Address.parse(address), port, TCP);
    }

    private boolean isUsed() {
        return control.getIntAcquire(0, ControlLayout.SERVICE_FILTER_USED) != 0;
    }

    private String ports() {
        return Short.toUnsignedInt(control.getShort(0, ControlLayout.NODE_PORT_FIRST)) + "-"
                + Short.toUnsignedInt(control.getShort(0, ControlLayout.NODE_PORT_LAST));
    }

    /** As programs ask. */
    private boolean covers(String address) {
        return switch (Address.parse(address)) {
            case Ipv4 ipv4 -> covers(ipv4.octets(), ControlLayout.SERVICE_NET4, ControlLayout.SERVICE_MASK4);
            case Ipv6 ipv6 -> covers(ipv6.octets(), ControlLayout.SERVICE_NET6, ControlLayout.SERVICE_MASK6);
        };
    }

    private boolean covers(byte[] octets, long netAt, long maskAt) {
        byte[] net = control.read(0, netAt, octets.length);
        byte[] mask = control.read(0, maskAt, octets.length);
        for (int i = 0; i < octets.length; i++) {
            if (((octets[i] ^ net[i]) & mask[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
