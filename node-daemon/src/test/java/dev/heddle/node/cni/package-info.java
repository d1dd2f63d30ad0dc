/** The CNI side of the daemon, tested through its real socket, its real plugin and the CNI project's own tool. */
@NullMarked
package dev.heddle.node.cni;

import org.jspecify.annotations.NullMarked;
