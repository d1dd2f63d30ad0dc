/**
 * Linux system calls, descriptors and mappings. One downcall handle, {@code syscall(2)}, serves them all: each further
 * shape of call would cost start time. Nothing here knows of BPF or netlink.
 */
@NullMarked
package dev.heddle.node.ffm.sys;

import org.jspecify.annotations.NullMarked;
