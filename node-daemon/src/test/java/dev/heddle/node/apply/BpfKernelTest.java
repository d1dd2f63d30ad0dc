package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.EventTokensLayout;
import dev.heddle.node.ffm.layout.ImageHeaderLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import dev.heddle.policy.compile.Image;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
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
        kernel.putNodeAddress(Ipv6.parse("2001:db8::1"));
        kernel.putNodeAddress(Ipv6.parse("2001:db8::2"));
        kernel.removeNodeAddress(Ipv6.parse("2001:db8::1"));

        assertThat(kernel.observe().slots())
                .isEqualTo(Map.of(
                        WEB, SmallKernel.slot(WEB), API, SmallKernel.slot(API).close()));
        assertThat(kernel.observe().nodeAddresses())
                .isEqualTo(Set.of(Ipv4.parse("192.0.2.2"), Ipv6.parse("2001:db8::2")));

        kernel.clearSlot(SmallKernel.slot(API));
        assertThat(kernel.observe().slots()).containsOnlyKeys(WEB);
    }

    @Test
    void aPodsAddressesAreKnownAsLongAsItHasThem() {
        Ipv4 ipv4 = Ipv4.parse("10.244.1.9");
        Ipv6 ipv6 = Ipv6.parse("fd00:244:0:1::9");
        kernel.storeSlot(new Slot(WEB, PodAddresses.of(ipv4, ipv6), "", false), SmallKernel.OPEN, image);
        assertThat(locals(KernelMap.LOCAL_ADDRESSES)).containsExactly(ipv4);
        assertThat(locals(KernelMap.LOCAL_ADDRESSES6)).containsExactly(ipv6);

        kernel.storeSlot(new Slot(WEB, PodAddresses.of(ipv6), "", false), SmallKernel.OPEN, image);
        assertThat(kernel.observe().slots()).containsEntry(WEB, new Slot(WEB, PodAddresses.of(ipv6), "", false));
        assertThat(locals(KernelMap.LOCAL_ADDRESSES)).isEmpty();
        assertThat(locals(KernelMap.LOCAL_ADDRESSES6)).containsExactly(ipv6);

        // Another device has taken the address over before the first one goes.
        Slot heir = new Slot(API, PodAddresses.of(ipv6), "", false);
        kernel.storeSlot(heir, SmallKernel.OPEN, image);
        kernel.clearSlot(new Slot(WEB, PodAddresses.of(ipv6), "", false));
        assertThat(locals(KernelMap.LOCAL_ADDRESSES6)).containsExactly(ipv6);
        kernel.clearSlot(heir);
        assertThat(locals(KernelMap.LOCAL_ADDRESSES6)).isEmpty();
    }

    private Set<Address> locals(KernelMap map) {
        Set<Address> found = new HashSet<>();
        try (BpfMap open = small.map(map)) {
            for (var key = open.nextKey(null); key.isPresent(); key = open.nextKey(key.get())) {
                found.add(Address.of(key.get()));
            }
        }
        return found;
    }

    /** A compiler that knows the tables' sizes never makes such an image; this one was told of larger tables. */
    @Test
    void anImageThatFitsNoTableIsRefusedWithWhatToDoAndTheLiveHalfIsUntouched() {
        kernel.writeStandby(image, Map.of(), 1);
        kernel.flip(1);
        byte[] live = liveHalf();

        assertThatThrownBy(() -> kernel.writeStandby(BigImages.ofManyRanges(), Map.of(), 2))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("no page left")
                .hasMessageContaining("use fewer and larger ranges");
        assertThatThrownBy(() -> kernel.writeStandby(BigImages.ofManyIpv6Ranges(), Map.of(), 2))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("IPv6 address tree has no page left");
        assertThatThrownBy(() -> kernel.writeStandby(BigImages.ofManySubjects(), Map.of(), 2))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("rows, its tables hold 524288")
                .hasMessageContaining("let fewer policies select pods here");

        assertThat(kernel.observe().revision()).isEqualTo(1);
        assertThat(liveHalf()).isEqualTo(live);
        kernel.writeStandby(image, Map.of(), 2);
    }

    @Test
    void lostRecordsAreCountedOverAllCpus() {
        assertThat(kernel.counters().lost())
                .containsExactly(new Counters.Lost("dropped", 0, 0), new Counters.Lost("allowed", 0, 0));
        try (BpfMap tokens = small.map(KernelMap.EVENT_TOKENS)) {
            byte[] perCpu =
                    tokens.lookup(SlotTable.nativeInt(Abi.VERDICT_ALLOWED)).orElseThrow();
            ByteBuffer view = ByteBuffer.wrap(perCpu).order(ByteOrder.nativeOrder());
            for (int at = 0; at < perCpu.length; at += (int) EventTokensLayout.SIZE) {
                view.putLong(at + (int) EventTokensLayout.LIMITED, 3);
                view.putLong(at + (int) EventTokensLayout.LOST, 5);
            }
            tokens.put(SlotTable.nativeInt(Abi.VERDICT_ALLOWED), perCpu);
            int cpus = perCpu.length / (int) EventTokensLayout.SIZE;

            assertThat(kernel.counters().lost())
                    .containsExactly(
                            new Counters.Lost("dropped", 0, 0), new Counters.Lost("allowed", 3L * cpus, 5L * cpus));
        }
    }

    private byte[] liveHalf() {
        try (MappedArray rows = small.mapped(KernelMap.ROWS);
                MappedArray pages = small.mapped(KernelMap.ADDRESS_PAGES);
                MappedArray header = small.mapped(KernelMap.IMAGE_HEADER)) {
            return ByteBuffer.allocate(3 * 4096)
                    .put(rows.read(1, 0, 4096))
                    .put(pages.read(1, 0, 4096))
                    .put(header.read(1, 0, (int) ImageHeaderLayout.SIZE))
                    .array();
        }
    }

    private static int halfFlags(MappedArray slots, int ifindex, int half) {
        return slots.getByte(ifindex, EndpointLayout.HALF_FLAGS + half) & 0xff;
    }
}
