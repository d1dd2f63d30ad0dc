package dev.heddle.node.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.World;
import dev.heddle.node.ffm.Veth;
import dev.heddle.node.ffm.netlink.Netlink;
import dev.heddle.node.kernel.Address;
import java.net.InetAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kubelet's probes need: its own node's addresses are known as soon as they are there. */
@Tag("netns")
class AddressWatchTest {

    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<Consumer<World>> loop = new LinkedBlockingQueue<>();
    private final World world = new World("node");

    @ParameterizedTest
    @CsvSource({"192.0.2.17, 24", "2001:db8:17::1, 64"})
    void anAddressThatComesLateIsKnownAndOneThatGoesIsForgotten(String text, int prefixLength) throws Exception {
        Address address = Address.of(InetAddress.ofLiteral(text));
        AddressWatch.start(loop::add);
        try (Veth veth = Veth.create("hwatch" + ProcessHandle.current().pid() % 10_000);
                Netlink netlink = Netlink.open()) {
            netlink.addAddress(veth.ifindex(), InetAddress.ofLiteral(text), prefixLength);
            assertThat(becomesTrue(() -> world.nodeAddresses().contains(address)))
                    .isTrue();
            veth.delete();
            assertThat(becomesTrue(() -> !world.nodeAddresses().contains(address)))
                    .isTrue();
        }
    }

    /** Nothing but what the watch itself submits changes the world here. */
    private boolean becomesTrue(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Consumer<World> event = loop.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                return false;
            }
            event.accept(world);
        }
        return true;
    }
}
