/**
 * What a person may ask this daemon: which verdict a flow gets from the tables in force, and by which rule of which
 * object; and which flows it heard of. A socket of the node that root alone may call, and a small program that calls it, to be run inside the daemon's
 * container: {@code kubectl heddle explain} and {@code flows} do. Nothing here changes anything.
 */
@NullMarked
package dev.heddle.node.query;

import org.jspecify.annotations.NullMarked;
