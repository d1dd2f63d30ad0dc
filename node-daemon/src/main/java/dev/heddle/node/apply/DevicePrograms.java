package dev.heddle.node.apply;

import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.LinkState;
import java.util.Map;

/** How programs are attached to pods' devices: by tcx links, or by clsact filters where the kernel has no tcx. */
sealed interface DevicePrograms permits DeviceLinks, DeviceFilters {

    /** What is attached, by whichever daemon. */
    Map<DeviceLink, LinkState> read();

    /** Attaches this build's program, or replaces the one that is there without a gap. */
    void attach(DeviceLink link);

    void detach(DeviceLink link);
}
