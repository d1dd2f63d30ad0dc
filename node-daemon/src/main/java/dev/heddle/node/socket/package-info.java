/** Unix sockets of the daemon. */
@NullMarked
package dev.heddle.node.socket;

import org.jspecify.annotations.NullMarked;
