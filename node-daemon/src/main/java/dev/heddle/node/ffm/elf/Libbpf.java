package dev.heddle.node.ffm.elf;

import dev.heddle.node.ffm.ObjectException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The functions of libbpf 1.x that opening and loading needs. Everything is passed and returned as a long: calls of one
 * arity share one shape, and with it the code the JVM generates. An int in a long is cast by whoever reads it. libbpf
 * reports errors as negated errno, or as NULL with errno; a NULL is address 0.
 */
enum Libbpf {
    SET_PRINT("libbpf_set_print", 1),
    OBJECT_OPEN_MEM("bpf_object__open_mem", 3),
    OBJECT_LOAD("bpf_object__load", 1),
    OBJECT_CLOSE("bpf_object__close", 1),
    OBJECT_BTF("bpf_object__btf", 1),
    OBJECT_FIND_PROGRAM("bpf_object__find_program_by_name", 2),
    OBJECT_NEXT_PROGRAM("bpf_object__next_program", 2),
    OBJECT_FIND_MAP("bpf_object__find_map_by_name", 2),
    OBJECT_NEXT_MAP("bpf_object__next_map", 2),
    PROGRAM_NAME("bpf_program__name", 1),
    PROGRAM_FD("bpf_program__fd", 1),
    PROGRAM_SET_TYPE("bpf_program__set_type", 2),
    PROGRAM_SET_ATTACH_TYPE("bpf_program__set_expected_attach_type", 2),
    PROGRAM_SET_LOG("bpf_program__set_log_buf", 3),
    MAP_NAME("bpf_map__name", 1),
    MAP_FD("bpf_map__fd", 1),
    MAP_REUSE_FD("bpf_map__reuse_fd", 2),
    MAP_SET_MAX_ENTRIES("bpf_map__set_max_entries", 2),
    MAP_INITIAL_VALUE("bpf_map__initial_value", 2),
    BTF_FIND("btf__find_by_name_kind", 3),
    BTF_TYPE("btf__type_by_id", 2),
    BTF_NAME("btf__name_by_offset", 2);

    private final MethodHandle handle;

    Libbpf(String function, int arity) {
        handle = Library.handle(function, arity);
    }

    /** The library, opened once and kept. libbpf's own printing is switched off; errors say what is to be said. */
    private static final class Library {
        private static final String NAME = "libbpf.so.1";
        private static final SymbolLookup SYMBOLS = open();

        @SuppressWarnings("restricted")
        private static SymbolLookup open() {
            try {
                return SymbolLookup.libraryLookup(NAME, Arena.global());
            } catch (IllegalArgumentException e) {
                throw new ObjectException("open library", 0, NAME, "install libbpf 1.x (Debian: libbpf1)", "");
            }
        }

        @SuppressWarnings("restricted")
        static MethodHandle handle(String function, int arity) {
            MemoryLayout[] arguments = new MemoryLayout[arity];
            Arrays.fill(arguments, ValueLayout.JAVA_LONG);
            return Linker.nativeLinker()
                    .downcallHandle(
                            SYMBOLS.findOrThrow(function), FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments));
        }
    }

    long call(long a) {
        try {
            return (long) handle.invokeExact(a);
        } catch (Throwable t) {
            throw new AssertionError(name(), t);
        }
    }

    long call(long a, long b) {
        try {
            return (long) handle.invokeExact(a, b);
        } catch (Throwable t) {
            throw new AssertionError(name(), t);
        }
    }

    long call(long a, long b, long c) {
        try {
            return (long) handle.invokeExact(a, b, c);
        } catch (Throwable t) {
            throw new AssertionError(name(), t);
        }
    }

    /** A C string that libbpf owns. */
    @SuppressWarnings("restricted")
    static String string(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** Memory that libbpf owns. */
    @SuppressWarnings("restricted")
    static MemorySegment memory(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size);
    }
}
