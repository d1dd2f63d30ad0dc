package dev.heddle.policy.compile;

/** Compiles one node's rules and peers to an {@link Image}. Pure but for the ledger of peer numbers. */
public final class Compiler {

    private Compiler() {}

    /**
     * Compiles everything a node knows.
     *
     * @param numbering the node's ledger of peer ids; numbers are added and, of peers that are gone, freed
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Image compile(NodeView view, PeerNumbering numbering, Capacity capacity) {
        throw new UnsupportedOperationException("next commit");
    }
}
