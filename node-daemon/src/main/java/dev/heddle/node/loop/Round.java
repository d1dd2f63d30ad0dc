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
 */
public record Round(World world, Observed observed, Cut live, List<Applied.Failed> failures) {}
