package dev.heddle.node.apply;

import static dev.heddle.node.ffm.layout.Abi.CT_CLOSING;
import static dev.heddle.node.ffm.layout.Abi.CT_ESTABLISHED;
import static dev.heddle.node.ffm.layout.Abi.CT_NEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.EndpointUsageLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.policy.compile.Image;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flows that ended go, and every endpoint is charged for what is left. */
@ParameterizedClass(name = "with {0}")
@ValueSource(strings = {"192.0.2.1", "2001:db8::1"})
@Tag("bpf")
class ConntrackSweepTest {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int SCTP = 132;
    private static final int WEB = 7;
    private static final int API = 8;
    private static final int GONE = 9;

    private final SmallKernel small = new SmallKernel();
    private final BpfMap flows4 = small.map(KernelMap.CONNTRACK4);
    private final BpfMap flows6 = small.map(KernelMap.CONNTRACK6);
    private final Address remote;
    private final MappedArray slots = small.mapped(KernelMap.ENDPOINTS);
    private final MappedArray usage = small.mapped(KernelMap.ENDPOINT_USAGE);
    private final ConntrackSweep sweep = small.kernel.conntrack();

    ConntrackSweepTest(String remote) {
        this.remote = Address.parse(remote);
    }

    @BeforeEach
    void twoPods() {
        Image image = SmallKernel.image();
        small.kernel.storeSlot(SmallKernel.slot(WEB), SmallKernel.OPEN, image);
        small.kernel.storeSlot(SmallKernel.slot(API), SmallKernel.OPEN, image);
    }

    @AfterEach
    void end() {
        usage.close();
        slots.close();
        flows4.close();
        flows6.close();
        small.close();
    }

    @ParameterizedTest(name = "protocol {0} in state {1} is forgotten after {2} s")
    @CsvSource({
        TCP + "," + CT_NEW + ",120",
        TCP + "," + CT_ESTABLISHED + ",21600",
        TCP + "," + CT_CLOSING + ",60",
        UDP + "," + CT_NEW + ",180",
        UDP + "," + CT_ESTABLISHED + ",180",
        ICMP + "," + CT_NEW + ",30",
        ICMPV6 + "," + CT_NEW + ",30",
        SCTP + "," + CT_ESTABLISHED + ",180"
    })
    void aFlowIsForgottenInItsTime(int protocol, int state, int seconds) {
        flow(WEB, protocol, 1, state, seconds - 5);
        flow(WEB, protocol, 2, state, seconds + 1);

        assertThat(sweep.sweep()).isEqualTo(new ConntrackSweep.Swept(1, Map.of(WEB, 1)));
        assertThat(flows().lookup(FlowEntry.key(open(WEB, protocol, 1, state)))).isPresent();
        assertThat(flows().lookup(FlowEntry.key(open(WEB, protocol, 2, state)))).isEmpty();
    }

    @Test
    void whoseEndpointIsGoneOrAnotherIsForgotten() {
        small.kernel.storeSlot(SmallKernel.slot(GONE), SmallKernel.OPEN, SmallKernel.image());
        flow(WEB, TCP, 1, CT_ESTABLISHED, 0);
        flow(GONE, TCP, 1, CT_ESTABLISHED, 0);
        flow(API, TCP, 1, CT_ESTABLISHED, 0);
        small.kernel.clearSlot(SmallKernel.slot(GONE));
        small.kernel.clearSlot(SmallKernel.slot(API));
        small.kernel.storeSlot(SmallKernel.slot(API), SmallKernel.OPEN, SmallKernel.image());

        assertThat(sweep.sweep()).isEqualTo(new ConntrackSweep.Swept(2, Map.of(WEB, 1)));
    }

    @Test
    void everyEndpointIsChargedForWhatItHas() {
        flow(WEB, TCP, 1, CT_ESTABLISHED, 0);
        flow(WEB, UDP, 1, CT_NEW, 0);
        flow(WEB, UDP, 2, CT_NEW, 1000);
        charge(WEB, 12_345);
        charge(API, 1);

        sweep.sweep();

        assertThat(charged(WEB)).isEqualTo(2);
        assertThat(charged(API)).isZero();
    }

    /** More than one batch of the scan. */
    @Test
    void thousandsAreSweptToo() {
        for (int port = 1; port <= 10_000; port++) {
            flow(port % 2 == 0 ? WEB : API, UDP, port, CT_NEW, port % 10 == 0 ? 1000 : 0);
        }

        assertThat(sweep.sweep()).isEqualTo(new ConntrackSweep.Swept(1000, Map.of(WEB, 4000, API, 5000)));
        assertThat(sweep.sweep()).isEqualTo(new ConntrackSweep.Swept(0, Map.of(WEB, 4000, API, 5000)));
    }

    @Test
    void anEndpointIsChargedForItsFlowsOfBothFamilies() {
        flow(WEB, TCP, 1, CT_ESTABLISHED, 0);
        Address other = Address.parse(remote instanceof Ipv4 ? "2001:db8::1" : "192.0.2.1");
        OpenFlow flow = open(WEB, TCP, 1, CT_ESTABLISHED, other);
        int incarnation = slots.getInt(WEB, EndpointLayout.INCARNATION);
        (remote instanceof Ipv4 ? flows6 : flows4)
                .put(
                        FlowEntry.key(flow),
                        FlowEntry.seeded(flow, WEB, incarnation, System.nanoTime())
                                .bytes());

        assertThat(sweep.sweep()).isEqualTo(new ConntrackSweep.Swept(0, Map.of(WEB, 2)));
        assertThat(charged(WEB)).isEqualTo(2);
    }

    private void flow(int ifindex, int protocol, int port, int state, int secondsAgo) {
        OpenFlow flow = open(ifindex, protocol, port, state);
        long seen = System.nanoTime() - TimeUnit.SECONDS.toNanos(secondsAgo);
        int incarnation = slots.getInt(ifindex, EndpointLayout.INCARNATION);
        flows().put(
                        FlowEntry.key(flow),
                        FlowEntry.seeded(flow, ifindex, incarnation, seen).bytes());
    }

    private BpfMap flows() {
        return remote instanceof Ipv4 ? flows4 : flows6;
    }

    private OpenFlow open(int ifindex, int protocol, int port, int state) {
        return open(ifindex, protocol, port, state, remote);
    }

    private static OpenFlow open(int ifindex, int protocol, int port, int state, Address remote) {
        Address local = SmallKernel.slot(ifindex).addresses().all().stream()
                .filter(address -> address.getClass() == remote.getClass())
                .findFirst()
                .orElseThrow();
        return new OpenFlow(protocol, local, port, remote, 80, Abi.EGRESS, state);
    }

    private int charged(int ifindex) {
        return usage.getInt(ifindex, EndpointUsageLayout.CONNTRACK_ENTRIES);
    }

    private void charge(int ifindex, int entries) {
        usage.setInt(ifindex, EndpointUsageLayout.CONNTRACK_ENTRIES, entries);
    }
}
