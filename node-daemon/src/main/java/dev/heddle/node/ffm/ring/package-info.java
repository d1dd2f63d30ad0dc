/**
 * Reads a BPF ring buffer through its mapped pages, without a call per record. What a record says belongs to the reader.
 */
@NullMarked
package dev.heddle.node.ffm.ring;

import org.jspecify.annotations.NullMarked;
