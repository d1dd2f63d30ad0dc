package dev.heddle.policy.compile;

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
        Budget budget = new Budget(view.rules(), capacity);
        while (true) {
            try {
                return new Compilation(view, budget.rules(), numbering, capacity).image(budget.problems());
            } catch (Overflow overflow) {
                if (!budget.closeHeaviest(overflow.table())) {
                    throw new IllegalStateException("the tables are too small for this node: " + overflow.table());
                }
            }
        }
    }
}
