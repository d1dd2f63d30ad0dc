package dev.heddle.operator.index;

/**
 * The set that a namespace's nodes should run.
 *
 * @param set hash of its content; empty: the namespace has no policy
 * @param chunks number of PolicySet objects it consists of
 */
public record SetRef(String set, int chunks) {

    /** The namespace has no policy. */
    public static final SetRef NONE = new SetRef("", 0);
}
