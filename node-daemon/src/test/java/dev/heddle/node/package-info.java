/** What holds for the daemon as a whole. */
@NullMarked
package dev.heddle.node;

import org.jspecify.annotations.NullMarked;
