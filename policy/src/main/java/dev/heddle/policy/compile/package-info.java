/**
 * The compile step: one node's rules and peers become equivalence classes and tables (an {@link
 * dev.heddle.policy.compile.Image}). Pure: no bytes of the kernel's, no clock, no client. Writing tables into
 * the kernel is the node daemon's; which rules the datapath can take is {@code policy.support}'s.
 *
 * <p>Read in this order: {@code NodeView} (what goes in), {@code Compiler} (the steps), {@code Image} (what comes
 * out).
 */
@NullMarked
package dev.heddle.policy.compile;

import org.jspecify.annotations.NullMarked;
