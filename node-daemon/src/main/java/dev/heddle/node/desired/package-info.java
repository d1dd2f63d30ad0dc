/**
 * What the daemon knows of its node and of the cluster, and what follows from it for the kernel. Pure state of one
 * thread: no client, no clock, no native access. {@code source} fills it, {@code Composer} draws the conclusion.
 */
@NullMarked
package dev.heddle.node.desired;

import org.jspecify.annotations.NullMarked;
