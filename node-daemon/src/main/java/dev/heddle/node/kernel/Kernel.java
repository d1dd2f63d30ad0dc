package dev.heddle.node.kernel;

import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.util.Map;

/**
 * What may be asked of the kernel. Every call either has its whole effect or throws {@link KernelException} and
 * leaves what was in force. Used by one thread.
 */
public interface Kernel extends AutoCloseable {

    /** Reads back what is in force, from pins and tables. The image is not read: it is null. */
    Observed observe();

    /**
     * Writes the half that is not live: all tables, and the subjects of every device.
     *
     * @param subjects by ifindex; devices with a slot that are not named here are closed in this half
     * @param revision the epoch that the half is written for
     */
    void writeStandby(Image image, Map<Integer, Subjects> subjects, int revision);

    /** Makes the half written for this revision live, for every packet from now on. */
    void flip(int revision);

    /** Returns when no program still reads the half that was live before. */
    void awaitGracePeriod();

    /** Stores who has an address, in the live half: its class, then its page, then the pointer. */
    void storePeer(PeerStore store);

    /** Writes a device's slot, and its subjects in both halves. */
    void storeSlot(Slot slot, Subjects subjects, Image image);

    /**
     * Makes the connections that a pod has open known, with the direction in which each began, so that a revision which
     * closes a direction judges them by that. What is known already stays as it is.
     *
     * @param namespace path of the pod's network namespace
     */
    void seedFlows(Slot slot, String namespace);

    /** Has everything from and to a device dropped. */
    void closeSlot(Slot slot);

    /** Takes a device's slot away: its packets are dropped if programs are attached. */
    void clearSlot(Slot slot);

    /** Puts the program on the device, or replaces the one that Heddle has there, without a gap. */
    void attach(DeviceLink link);

    /** Removes a link and its pin. */
    void detach(DeviceLink link);

    /** Puts the program on the node's root control group, or replaces the one that Heddle has there. */
    void attach(SocketHook hook);

    /** Sets where a service's connections go, at once. */
    void putService(ServiceAddress service, ServiceTarget target);

    void removeService(ServiceAddress service);

    /** Has node ports be at this address too. */
    void putServiceNode(Address address, ServiceNode node);

    void removeServiceNode(Address address);

    void putNodeAddress(Address address);

    void removeNodeAddress(Address address);

    /** Forgets what no link uses any more: programs and maps of other builds. Called when every link is current. */
    void collect();

    @Override
    void close();
}
