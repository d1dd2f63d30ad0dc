/** What the port's records are. */
@NullMarked
package dev.heddle.node.kernel;

import org.jspecify.annotations.NullMarked;
