/**
 * Links, addresses, sockets and network namespaces by raw AF_NETLINK sockets. Only what the daemon asks; no routes, no tc
 * filters.
 */
@NullMarked
package dev.heddle.node.ffm.netlink;

import org.jspecify.annotations.NullMarked;
