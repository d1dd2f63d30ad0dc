package dev.heddle.policy.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Gives prefixes their peer ids, as far as numbers and pages of the address tree go: nodes first, they are few, then pods,
 * then ranges. A pod that finds no room stays pending; a range that finds none is too many.
 */
final class Placement {

    private final PeerNumbering numbering;
    private final Pages pages;
    private final List<PrefixTable.Entry> entries = new ArrayList<>();
    private int unplaced;

    Placement(PeerSpace space, PeerNumbering numbering, Capacity capacity) {
        this.numbering = numbering;
        this.pages = new Pages(capacity.addressPages());
        space.nodes().forEach(this::placeOrOverflow);
        for (PeerSpace.Prefix pod : space.pods()) {
            if (!place(pod)) {
                unplaced++;
            }
        }
        space.ranges().forEach(this::placeOrOverflow);
    }

    PrefixTable prefixes() {
        return new PrefixTable(entries);
    }

    /** How many pod addresses found no room. */
    int unplaced() {
        return unplaced;
    }

    private void placeOrOverflow(PeerSpace.Prefix prefix) {
        if (!place(prefix)) {
            throw new Overflow(Overflow.Table.RANGES);
        }
    }

    private boolean place(PeerSpace.Prefix prefix) {
        OptionalInt number = numbering.number(prefix.peer());
        boolean placed = number.isPresent() && pages.place(prefix.range());
        if (placed) {
            entries.add(new PrefixTable.Entry(prefix.range(), number.getAsInt()));
        }
        return placed;
    }
}
