/** The planner's cases: desired, observed, steps. */
@NullMarked
package dev.heddle.node.plan;

import org.jspecify.annotations.NullMarked;
