/**
 * The one thread that owns what the daemon knows: it takes events, lets them settle, plans, has the steps done and
 * answers who waits. Nothing else changes {@code desired.World} or asks anything of the kernel.
 */
@NullMarked
package dev.heddle.node.loop;

import org.jspecify.annotations.NullMarked;
