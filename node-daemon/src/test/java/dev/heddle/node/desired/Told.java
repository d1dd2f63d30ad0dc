package dev.heddle.node.desired;

import java.util.Map;

/** Heads as the operator writes them. */
public final class Told {

    private Told() {}

    /** Says that these sets hold for these namespaces from this sequence on. */
    public static void told(World world, long sequence, Map<String, String> sets) {
        sets.forEach((namespace, set) ->
                world.sets().head(namespace, new Sets.Head(sequence, sequence, set, set.equals(Sets.NONE) ? 0 : 1)));
    }
}
