package dev.heddle.node.source;

import dev.heddle.node.desired.World;
import dev.heddle.node.ffm.NetlinkException;
import dev.heddle.node.ffm.netlink.AddressChanges;
import java.net.SocketException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the world knows of this node's addresses true. They come late: a bridge of pods gets its address with the
 * first pod, and the kubelet's probes come from there, which no policy may deny.
 */
public final class AddressWatch {

    private static final Logger LOG = LoggerFactory.getLogger(AddressWatch.class);

    private AddressWatch() {}

    /**
     * Has the addresses read now and whenever one comes or goes, as long as this process runs.
     *
     * @param loop takes changes of the world
     */
    public static void start(Consumer<Consumer<World>> loop) {
        AddressChanges changes = AddressChanges.open();
        loop.accept(AddressWatch::read);
        Thread.ofPlatform().name("addresses").daemon().start(() -> follow(changes, loop));
    }

    private static void follow(AddressChanges changes, Consumer<Consumer<World>> loop) {
        try (changes) {
            while (true) {
                changes.await();
                loop.accept(AddressWatch::read);
            }
        } catch (NetlinkException e) {
            LOG.error("this node's addresses are only read at every audit from now on: {}", e.getMessage());
        }
    }

    /** Reads the addresses; those known stay when that fails. */
    public static void read(World world) {
        try {
            world.nodeAddresses(Addresses.ofThisNode());
        } catch (SocketException e) {
            LOG.warn("this node's addresses cannot be read, those known stay: {}", e.getMessage());
        }
    }
}
