/** What the daemon takes from API objects and from the machine. */
@NullMarked
package dev.heddle.node.source;

import org.jspecify.annotations.NullMarked;
