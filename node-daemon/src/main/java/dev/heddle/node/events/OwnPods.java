package dev.heddle.node.events;

import dev.heddle.crds.live.Party;
import dev.heddle.node.kernel.Address;
import java.util.Map;
import java.util.Objects;

/** The pods of this node, which alone are known by name. */
record OwnPods(Map<Integer, Party> byDevice, Map<Address, Party> byAddress) {

    static final OwnPods NONE = new OwnPods(Map.of(), Map.of());

    /** The pod at this address, if it is who the tables say. */
    Party named(Party known, Address address) {
        Party own = byAddress.get(address);
        if (own == null || known.kind() != Party.Kind.POD) {
            return known;
        }
        boolean same =
                Objects.equals(own.namespace(), known.namespace()) && Objects.equals(own.labels(), known.labels());
        return same ? own.in(known.range()) : known;
    }
}
