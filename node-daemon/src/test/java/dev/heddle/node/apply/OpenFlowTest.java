package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.netlink.InetSocket;
import dev.heddle.node.ffm.netlink.PortRange;
import dev.heddle.node.ffm.netlink.SocketTable;
import dev.heddle.node.ffm.netlink.TcpState;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PodAddresses;
import java.net.InetAddress;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sockets of the pod at 10.1.0.5, as {@code protocol state local remote}, and the flows that come of them. */
class OpenFlowTest {

    private static final PodAddresses POD = PodAddresses.of(Address.parse("10.1.0.5"), Address.parse("fd00::5"));

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource({
        "tcp ESTABLISHED 10.1.0.5 40000 10.2.0.9 443, out ESTABLISHED 40000 10.2.0.9 443",
        // What a listener takes came in, however the listener is bound.
        "tcp LISTEN 0.0.0.0 80; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, in ESTABLISHED 80 10.2.0.9 5000",
        "tcp LISTEN 10.1.0.5 80; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, in ESTABLISHED 80 10.2.0.9 5000",
        "tcp LISTEN :: 80; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, in ESTABLISHED 80 10.2.0.9 5000",
        "tcp LISTEN ::ffff:10.1.0.5 80; tcp ESTABLISHED ::ffff:10.1.0.5 80 ::ffff:10.2.0.9 5000,"
                + " in ESTABLISHED 80 10.2.0.9 5000",
        // Listeners that cannot have taken it.
        "tcp LISTEN 127.0.0.1 80; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, out ESTABLISHED 80 10.2.0.9 5000",
        "tcp6 LISTEN :: 80; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, out ESTABLISHED 80 10.2.0.9 5000",
        "udp CLOSE 0.0.0.0 80; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, out ESTABLISHED 80 10.2.0.9 5000",
        "tcp LISTEN 0.0.0.0 81; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, out ESTABLISHED 80 10.2.0.9 5000",
        // The listener is gone, but the other side's port is one that kernels choose.
        "tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 40000, in ESTABLISHED 80 10.2.0.9 40000",
        "tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 32767, out ESTABLISHED 80 10.2.0.9 32767",
        "tcp ESTABLISHED 10.1.0.5 40001 10.2.0.9 40000, out ESTABLISHED 40001 10.2.0.9 40000",
        // A handshake says by its state who began.
        "tcp LISTEN 0.0.0.0 80; tcp SYN_SENT 10.1.0.5 80 10.2.0.9 5000, out NEW 80 10.2.0.9 5000",
        "tcp SYN_RECV 10.1.0.5 80 10.2.0.9 5000, in NEW 80 10.2.0.9 5000",
        "tcp CLOSE_WAIT 10.1.0.5 40000 10.2.0.9 443, out CLOSING 40000 10.2.0.9 443",
        "tcp FIN_WAIT2 10.1.0.5 40000 10.2.0.9 443, out CLOSING 40000 10.2.0.9 443",
        "udp ESTABLISHED 10.1.0.5 40000 10.2.0.9 53, out ESTABLISHED 40000 10.2.0.9 53",
        "udp CLOSE 0.0.0.0 53; udp ESTABLISHED 10.1.0.5 53 10.2.0.9 4000, in ESTABLISHED 53 10.2.0.9 4000",
        // The same over IPv6, where a listener of IPv4 takes nothing.
        "tcp ESTABLISHED fd00::5 40000 fd00::9 443, out ESTABLISHED 40000 fd00::9 443",
        "tcp LISTEN :: 80; tcp ESTABLISHED fd00::5 80 fd00::9 5000, in ESTABLISHED 80 fd00::9 5000",
        "tcp6 LISTEN :: 80; tcp ESTABLISHED fd00::5 80 fd00::9 5000, in ESTABLISHED 80 fd00::9 5000",
        "tcp LISTEN fd00::5 80; tcp ESTABLISHED fd00::5 80 fd00::9 5000, in ESTABLISHED 80 fd00::9 5000",
        "tcp LISTEN fd00::5 80; tcp ESTABLISHED 10.1.0.5 80 10.2.0.9 5000, out ESTABLISHED 80 10.2.0.9 5000",
        "tcp LISTEN 0.0.0.0 80; tcp ESTABLISHED fd00::5 80 fd00::9 5000, out ESTABLISHED 80 fd00::9 5000",
        "tcp ESTABLISHED fd00::5 80 fd00::9 40000, in ESTABLISHED 80 fd00::9 40000",
        "udp ESTABLISHED fd00::5 40000 fd00::9 53, out ESTABLISHED 40000 fd00::9 53",
        // What never passes the pod's device, or is not from its addresses.
        "udp CLOSE 0.0.0.0 53, ''",
        "tcp ESTABLISHED 127.0.0.1 40000 127.0.0.1 80, ''",
        "tcp ESTABLISHED 10.1.0.5 40000 10.1.0.5 80, ''",
        "tcp ESTABLISHED fd00::5 40000 fd00::5 80, ''",
        "tcp ESTABLISHED ::1 40000 ::1 80, ''",
        "tcp ESTABLISHED fe80::5 40000 fe80::9 80, ''",
        "tcp ESTABLISHED fd00::6 40000 fd00::9 80, ''",
        "tcp ESTABLISHED 10.9.9.9 40000 10.2.0.9 80, ''",
    })
    void socketsBecomeFlows(String sockets, String flows) {
        SocketTable table = new SocketTable(
                Stream.of(sockets.split("; ")).map(OpenFlowTest::socket).toList(), PortRange.USUAL, true);

        assertThat(OpenFlow.of(POD, table).stream().map(OpenFlowTest::text).collect(Collectors.joining("; ")))
                .isEqualTo(flows);
    }

    private static InetSocket socket(String text) {
        String[] words = text.split(" ", -1);
        return new InetSocket(
                words[0].startsWith("tcp") ? 6 : 17,
                TcpState.valueOf(words[1]),
                InetAddress.ofLiteral(words[2]),
                Integer.parseInt(words[3]),
                InetAddress.ofLiteral(words.length > 4 ? words[4] : "0.0.0.0"),
                words.length > 5 ? Integer.parseInt(words[5]) : 0,
                words[0].endsWith("6"));
    }

    private static String text(OpenFlow flow) {
        assertThat(POD.contains(flow.local())).isTrue();
        assertThat(flow.local()).hasSameClassAs(flow.remote());
        String state = switch (flow.state()) {
            case Abi.CT_NEW -> "NEW";
            case Abi.CT_ESTABLISHED -> "ESTABLISHED";
            default -> "CLOSING";
        };
        return (flow.origin() == Abi.EGRESS ? "out " : "in ") + state + " " + flow.localPort() + " " + flow.remote()
                + " " + flow.remotePort();
    }
}
