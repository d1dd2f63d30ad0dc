@NullMarked
package dev.heddle.node.ffm.netlink;

import org.jspecify.annotations.NullMarked;
