/**
 * The pure planner: desired and observed side by side, out come the steps. No clock, no client, no kernel; it does
 * not know how a step is done, only in which order nothing is ever open.
 */
@NullMarked
package dev.heddle.node.plan;

import org.jspecify.annotations.NullMarked;
