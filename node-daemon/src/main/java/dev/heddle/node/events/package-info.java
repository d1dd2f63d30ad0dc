/**
 * What the kernel says of packets, for people: which pod, which rule of which object. Reads records and names; decides
 * nothing and writes nothing but the log.
 */
@NullMarked
package dev.heddle.node.events;

import org.jspecify.annotations.NullMarked;
