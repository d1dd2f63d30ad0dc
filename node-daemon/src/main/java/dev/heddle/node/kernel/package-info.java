/**
 * The port between the planner and the kernel: what may be asked of it and what can be seen of it, in typed records.
 * No descriptors, no native memory, no Kubernetes. {@code apply} implements it on {@code ffm}.
 */
@NullMarked
package dev.heddle.node.kernel;

import org.jspecify.annotations.NullMarked;
