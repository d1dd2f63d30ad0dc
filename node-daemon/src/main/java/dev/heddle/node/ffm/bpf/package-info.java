/**
 * Maps, programs, links, hooks and pins as objects over descriptors, by the bpf(2) system call. Opening compiled objects
 * belongs to {@code elf}; what the maps mean belongs to the callers.
 */
@NullMarked
package dev.heddle.node.ffm.bpf;

import org.jspecify.annotations.NullMarked;
