/**
 * Real devices, real sockets, no Kubernetes: two pods in network namespaces of their own on one bridge, judged by the
 * programs that the daemon's own parts attach. Needs root; makes and deletes devices whose names begin with hdt.
 */
@NullMarked
package dev.heddle.node.netns;

import org.jspecify.annotations.NullMarked;
