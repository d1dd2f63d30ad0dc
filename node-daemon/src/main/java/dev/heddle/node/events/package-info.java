/**
 * What the kernel says of packets, for people: which pod, which peer, which rule of which object. Lines of a log for a few
 * drops, and the newest records of drops and of flows that begin, for who asks. Decides nothing.
 */
@NullMarked
package dev.heddle.node.events;

import org.jspecify.annotations.NullMarked;
