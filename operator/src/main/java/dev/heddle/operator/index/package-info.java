/**
 * What the operator knows, in memory, and the pure functions that decide from it: the content of a policy set,
 * the spec of a NodeState, the report of a namespace, the events of a policy.
 *
 * <p>One thread owns the {@link dev.heddle.operator.index.Index}. No client, no clock, no threads in here.
 */
@NullMarked
package dev.heddle.operator.index;

import org.jspecify.annotations.NullMarked;
