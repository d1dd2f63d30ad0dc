package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Rule;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Compiles one node's rules and peers to an {@link Image}. Pure but for the ledger of peer numbers. */
public final class Compiler {

    private Compiler() {}

    /**
     * Compiles everything a node knows. What does not fit is closed for its own subjects, in the namespace that
     * takes most, and said in {@link Image#problems}.
     *
     * @param numbering the node's ledger of peer ids; numbers are added and, of peers that are gone, freed
     * @throws IllegalStateException if the tables are too small even with every object closed
     */
    public static Image compile(NodeView view, PeerNumbering numbering, Capacity capacity) {
        Budget budget = new Budget(view, capacity);
        while (true) {
            try {
                List<Rule> rules = budget.rules();
                AddressPlan addresses = AddressPlan.of(view, rules, numbering, capacity);
                Image image = new Compilation(view, rules, numbering, capacity, addresses).image(budget.problems());
                numbering.retain(new HashSet<>(addresses.peers().keys()));
                return image;
            } catch (Overflow overflow) {
                if (!budget.closeHeaviest(overflow.table())) {
                    throw new IllegalStateException("the table of " + overflow.table()
                            + " is too small for this node, even with every policy closed;"
                            + " take addresses or pods off it");
                }
            }
        }
    }

    /**
     * Compiles other rules, or other pods of this node, for addresses that are known from an image: everybody has the
     * address that it had when that was compiled, but for those that single stores follow ({@link Image#classFor}).
     *
     * @param late peers that such stores spoke of since
     * @param view its claims and pod ranges are not read
     * @param numbering the ledger that the image was compiled with
     * @return empty when this takes a whole compile: the rules name other ranges or nodes, or do not fit
     */
    public static Optional<Image> recompile(
            Image before, Collection<PeerKey> late, NodeView view, PeerNumbering numbering, Capacity capacity) {
        Budget budget = new Budget(view, capacity);
        List<Rule> rules = budget.rules();
        if (!before.addresses().serves(view, rules)) {
            return Optional.empty();
        }
        try {
            AddressPlan addresses = before.addresses().with(List.copyOf(late), view, numbering);
            return Optional.of(new Compilation(view, rules, numbering, capacity, addresses).image(budget.problems()));
        } catch (Overflow overflow) {
            return Optional.empty();
        }
    }
}
