/** The daemon of one node. Packages each have one reason to change; only {@code ffm} touches native memory. */
@NullMarked
package dev.heddle.node;

import org.jspecify.annotations.NullMarked;
