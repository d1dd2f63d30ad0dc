/** How the daemon logs: one JSON object for each entry, which names the object that it is about. */
@NullMarked
package dev.heddle.node.log;

import org.jspecify.annotations.NullMarked;
