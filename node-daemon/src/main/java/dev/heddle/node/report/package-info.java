/**
 * The way back up: what this node claims and what its kernel enforces, written to the API server under the field
 * manager {@code heddle-node}; and health and metrics for whoever asks on the node. Pictures are drawn on the loop's
 * thread and written by another.
 */
@NullMarked
package dev.heddle.node.report;

import org.jspecify.annotations.NullMarked;
