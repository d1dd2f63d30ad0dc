package dev.heddle.node.ffm.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.ffm.NetlinkException;
import dev.heddle.node.ffm.Veth;
import dev.heddle.node.ffm.sys.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("netns")
class NetlinkTest {
    private static final String NAMESPACE = "hffm-netlink";

    @Test
    void aVethNamesItsPeer() {
        try (Veth veth = Veth.create("hffmpeer");
                Netlink netlink = Netlink.open()) {
            Link host = veth.host();
            assertThat(host.kind()).isEqualTo("veth");
            assertThat(host.peerIndex()).isEqualTo(veth.pod().index());
            assertThat(host.up()).isFalse();
            assertThat(host.mac()).isNotNull();
            netlink.setUp(host.index());
            assertThat(netlink.link(host.index()).map(Link::up)).contains(true);
            assertThat(netlink.links()).extracting(Link::name).contains("lo", "hffmpeer", "hffmpeerp");
            assertThatThrownBy(() -> netlink.createVeth("hffmpeer", "hffmother"))
                    .isInstanceOfSatisfying(
                            NetlinkException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
            assertThat(netlink.link("hffmnone")).isEmpty();
        }
    }

    @Test
    void anotherNamespaceIsReadWithoutEnteringIt() throws Exception {
        run("ip", "netns", "add", NAMESPACE);
        Path path = Path.of("/var/run/netns", NAMESPACE);
        InetAddress address = InetAddress.ofLiteral("192.0.2.7");
        try (Veth veth = Veth.create("hffmmove");
                Netlink here = Netlink.open();
                Netlink there = Netlink.openIn(path)) {
            here.move(veth.pod().index(), path);
            Link moved = there.link("hffmmovep").orElseThrow();
            assertThat(moved.peerIndex()).isEqualTo(veth.ifindex());
            there.addAddress(moved.index(), address, 24);
            assertThat(there.addresses()).contains(new LinkAddress(moved.index(), address, 24));
            assertThat(here.addresses()).extracting(LinkAddress::address).doesNotContain(address);
            assertThat(here.link("hffmmovep")).isEmpty();
        } finally {
            run("ip", "netns", "delete", NAMESPACE);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as(List.of(command).toString()).isZero();
    }
}
