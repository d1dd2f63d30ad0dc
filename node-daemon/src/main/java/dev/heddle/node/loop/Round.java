package dev.heddle.node.loop;

import dev.heddle.node.apply.Applied;
import dev.heddle.node.desired.Composer.Cut;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Observed;
import java.util.List;

/**
 * How things stand after a round. Only valid while a listener is called, because the world goes on.
 *
 * @param live what the live image was made from
 * @param failures what the kernel refused
 * @param refused why nothing could be made of what is known now, so that what was in force stays; empty when something was
 */
public record Round(World world, Observed observed, Cut live, List<Applied.Failed> failures, String refused) {

    /** One in which everything could be composed. */
    public Round(World world, Observed observed, Cut live, List<Applied.Failed> failures) {
        this(world, observed, live, failures, "");
    }
}
