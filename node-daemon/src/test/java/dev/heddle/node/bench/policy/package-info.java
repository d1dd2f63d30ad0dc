/**
 * The same policy in the kernel's different ways, each in a network namespace of its own: what a packet costs, and how
 * long a connection takes.
 */
@NullMarked
package dev.heddle.node.bench.policy;

import org.jspecify.annotations.NullMarked;
