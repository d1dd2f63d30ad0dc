/**
 * The operator at the size of a big cluster: a real API server, the operator as a process of its own, nodes that only say
 * what daemons would say, and pods that nobody runs.
 */
@NullMarked
package dev.heddle.operator.scale;

import org.jspecify.annotations.NullMarked;
