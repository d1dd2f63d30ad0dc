package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.policy.compile.Image;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the daemon writes is what it reads back, and what the programs are to find. */
@Tag("bpf")
class BpfKernelTest {

    private static final int WEB = 7;
    private static final int API = 8;

    private final SmallKernel small = new SmallKernel();
    private final BpfKernel kernel = small.kernel;
    private final Image image = SmallKernel.image();

    @AfterEach
    void end() {
        small.close();
    }

    @Test
    void aDeviceThatARevisionDoesNotNameIsClosedInItsHalfOnly() {
        kernel.storeSlot(SmallKernel.slot(WEB), SmallKernel.OPEN, image);
        kernel.storeSlot(SmallKernel.slot(API), SmallKernel.OPEN, image);
        kernel.writeStandby(image, Map.of(WEB, SmallKernel.OPEN), 1);

        try (MappedArray slots = small.mapped(KernelMap.ENDPOINTS)) {
            assertThat(halfFlags(slots, API, 1)).isEqualTo(Abi.HALF_CLOSED);
            assertThat(halfFlags(slots, API, 0)).isEqualTo(Abi.HALF_OPEN_INGRESS | Abi.HALF_OPEN_EGRESS);
            assertThat(halfFlags(slots, WEB, 1)).isEqualTo(Abi.HALF_OPEN_INGRESS | Abi.HALF_OPEN_EGRESS);

            kernel.writeStandby(image, Map.of(WEB, SmallKernel.OPEN, API, SmallKernel.OPEN), 1);
            assertThat(halfFlags(slots, API, 1)).isEqualTo(Abi.HALF_OPEN_INGRESS | Abi.HALF_OPEN_EGRESS);
        }
    }

    @Test
    void whatIsOpenIsReadFromTheHalfThatIsLive() {
        kernel.storeSlot(SmallKernel.slot(WEB), SmallKernel.OPEN, image);
        kernel.storeSlot(SmallKernel.slot(API), SmallKernel.OPEN, image);
        kernel.writeStandby(image, Map.of(WEB, SmallKernel.isolated(image)), 1);
        assertThat(kernel.observe().open()).isEqualTo(Map.of(WEB, OpenDirections.BOTH, API, OpenDirections.BOTH));

        kernel.flip(1);

        assertThat(kernel.observe().open()).isEqualTo(Map.of(WEB, new OpenDirections(false, true)));
    }

    @Test
    void slotsAndNodeAddressesAreReadBack() {
        kernel.storeSlot(SmallKernel.slot(WEB), SmallKernel.OPEN, image);
        kernel.storeSlot(SmallKernel.slot(API), SmallKernel.OPEN, image);
        kernel.closeSlot(SmallKernel.slot(API));
        kernel.putNodeAddress(Ipv4.parse("192.0.2.1"));
        kernel.putNodeAddress(Ipv4.parse("192.0.2.2"));
        kernel.removeNodeAddress(Ipv4.parse("192.0.2.1"));

        assertThat(kernel.observe().slots())
                .isEqualTo(Map.of(
                        WEB, SmallKernel.slot(WEB), API, SmallKernel.slot(API).close()));
        assertThat(kernel.observe().nodeAddresses()).isEqualTo(Set.of(Ipv4.parse("192.0.2.2")));

        kernel.clearSlot(SmallKernel.slot(API));
        assertThat(kernel.observe().slots()).containsOnlyKeys(WEB);
    }

    private static int halfFlags(MappedArray slots, int ifindex, int half) {
        return slots.getByte(ifindex, EndpointLayout.HALF_FLAGS + half) & 0xff;
    }
}
