/**
 * The kernel side's structs, numbers, maps and drop reasons as Java constants, generated from the BTF of
 * {@code bpf/src}. Only generated files belong here ({@code bpf/check-layouts.sh --fix} writes them, the same script
 * without the option compares); nothing here is edited, and nothing here touches native memory.
 */
@NullMarked
package dev.heddle.node.ffm.layout;

import org.jspecify.annotations.NullMarked;
