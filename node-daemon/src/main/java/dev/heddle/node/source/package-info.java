/**
 * Where the daemon's knowledge comes from: watches of the API server, the node's own devices and files. It turns what
 * it sees into the records of {@code desired} and submits them to the loop; it decides nothing.
 */
@NullMarked
package dev.heddle.node.source;

import org.jspecify.annotations.NullMarked;
