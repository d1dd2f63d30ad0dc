package dev.heddle.crds;

/** A policy set that cannot be used: chunks are missing, or the content is not what the name says. */
public final class BrokenPolicySetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String set;

    BrokenPolicySetException(String set, String why) {
        super("PolicySet " + set + ": " + why);
        this.set = set;
    }

    BrokenPolicySetException(String set, IllegalArgumentException why) {
        super("PolicySet " + set + ": " + why.getMessage(), why);
        this.set = set;
    }

    /** The name of the set, without a chunk's index. */
    public String set() {
        return set;
    }
}
