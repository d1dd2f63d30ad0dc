package dev.heddle.node.ffm.elf;

import dev.heddle.node.ffm.ObjectException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The constants of an opened object: finds a variable of {@code .rodata} by its name in BTF and writes its initial value.
 * Source: Documentation/bpf/btf.rst, BTF_KIND_DATASEC.
 */
final class Variables {
    private static final String SECTION = ".rodata";
    private static final int KIND_DATASEC = 15;
    private static final int TYPE_HEADER = 12;
    private static final int SECTION_ENTRY = 12;
    private static final int COUNT_MASK = 0xffff;

    private final String object;
    private final long btf;
    private final MemorySegment section;
    private final MemorySegment entries;

    private Variables(String object, long btf, MemorySegment section, MemorySegment entries) {
        this.object = object;
        this.btf = btf;
        this.section = section;
        this.entries = entries;
    }

    static void write(ObjectFile file, long handle) {
        if (!file.constants().isEmpty() || !file.fields().isEmpty()) {
            Variables variables = of(file.name(), handle);
            file.constants().forEach(variables::set);
            file.fields().forEach(variables::set);
        }
    }

    private static Variables of(String object, long handle) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(SECTION);
            long map = Libbpf.OBJECT_FIND_MAP.call(handle, name.address());
            long btf = Libbpf.OBJECT_BTF.call(handle);
            int type = map == 0 || btf == 0 ? -1 : (int) Libbpf.BTF_FIND.call(btf, name.address(), KIND_DATASEC);
            if (type < 0) {
                throw new ObjectException("set constants", 0, object, "it has no " + SECTION + " with BTF", "");
            }
            MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
            long value = Libbpf.MAP_INITIAL_VALUE.call(map, size.address());
            long typeAddress = Libbpf.BTF_TYPE.call(btf, type);
            int count = Libbpf.memory(typeAddress, TYPE_HEADER).get(ValueLayout.JAVA_INT, 4) & COUNT_MASK;
            return new Variables(
                    object,
                    btf,
                    Libbpf.memory(value, size.get(ValueLayout.JAVA_LONG, 0)),
                    Libbpf.memory(typeAddress + TYPE_HEADER, (long) SECTION_ENTRY * count));
        }
    }

    private void set(String variable, byte[] value) {
        MemorySegment bytes = find(variable);
        if (value.length != bytes.byteSize()) {
            throw new IllegalArgumentException(
                    object + ": " + variable + " has " + bytes.byteSize() + " bytes, not " + value.length);
        }
        MemorySegment.copy(value, 0, bytes, ValueLayout.JAVA_BYTE, 0, value.length);
    }

    private void set(String variable, ObjectFile.Field field) {
        find(variable).set(ValueLayout.JAVA_INT, field.offset(), field.value());
    }

    private MemorySegment find(String variable) {
        for (long entry = 0; entry < entries.byteSize(); entry += SECTION_ENTRY) {
            if (name(entries.get(ValueLayout.JAVA_INT, entry)).equals(variable)) {
                int offset = entries.get(ValueLayout.JAVA_INT, entry + 4);
                return section.asSlice(offset, entries.get(ValueLayout.JAVA_INT, entry + 8));
            }
        }
        throw new ObjectException("set constant " + variable, 0, object, "it has no such variable in " + SECTION, "");
    }

    private String name(int type) {
        int nameOffset =
                Libbpf.memory(Libbpf.BTF_TYPE.call(btf, type), TYPE_HEADER).get(ValueLayout.JAVA_INT, 0);
        return Libbpf.string(Libbpf.BTF_NAME.call(btf, nameOffset));
    }
}
