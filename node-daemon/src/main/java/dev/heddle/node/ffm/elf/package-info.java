/**
 * Opens and loads compiled BPF objects with libbpf, which does ELF, BTF and CO-RE; hands out objects of {@code bpf}. libbpf
 * is used for nothing else.
 */
@NullMarked
package dev.heddle.node.ffm.elf;

import org.jspecify.annotations.NullMarked;
