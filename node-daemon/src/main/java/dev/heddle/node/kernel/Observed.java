package dev.heddle.node.kernel;

import dev.heddle.policy.compile.Image;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is in force in the kernel.
 *
 * @param revision the live epoch; 0 when nothing was ever put into force
 * @param image the live image; null after a restart, when only the kernel's tables are known
 * @param slots by ifindex
 * @param open by ifindex, under the live revision; a device that is not named is as one that was never judged
 * @param links every pinned link
 * @param services every one that connections meet
 */
public record Observed(
        int revision,
        @Nullable Image image,
        Map<Integer, Slot> slots,
        Map<Integer, OpenDirections> open,
        Map<DeviceLink, LinkState> links,
        Map<SocketHook, LinkState> sockets,
        Services services,
        Set<Address> nodeAddresses) {

    /** A kernel in which Heddle never was. */
    public static final Observed NOTHING =
            new Observed(0, null, Map.of(), Map.of(), Map.of(), Map.of(), Services.NONE, Set.of());

    /** Whether every packet of this device is judged, with the programs of this daemon or an older one. */
    public boolean covers(int ifindex) {
        for (Hook hook : Hook.values()) {
            LinkState state = links.get(new DeviceLink(ifindex, hook));
            if (state == null || state == LinkState.SEVERED) {
                return false;
            }
        }
        return slots.containsKey(ifindex);
    }
}
