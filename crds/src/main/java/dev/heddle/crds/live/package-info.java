/**
 * What a person may ask a node's daemon, about the tables in its kernel and about the flows that it heard of, and what it
 * answers. Both travel as JSON over a socket of the node; no object of the API server holds them.
 */
@NullMarked
package dev.heddle.crds.live;

import org.jspecify.annotations.NullMarked;
