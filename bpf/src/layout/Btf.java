// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The types in the {@code .BTF} section of a little-endian ELF object (kernel documentation, bpf/btf.rst): as much of
 * the format as the layout generator needs.
 *
 * @param types by BTF id; id 0 is void
 */
record Btf(List<Type> types) {
    private static final int INT = 1;
    private static final int POINTER = 2;
    private static final int ARRAY = 3;
    private static final int STRUCT = 4;
    private static final int UNION = 5;
    private static final int ENUM = 6;
    private static final int TYPEDEF = 8;
    private static final int CONST = 10;
    private static final int VOLATILE = 9;
    private static final int FUNC_PROTO = 13;
    private static final int VARIABLE = 14;
    private static final int SECTION = 15;

    /**
     * One type.
     *
     * @param size in bytes, or the id of the type referred to
     * @param members of a struct: fields; of an enum: values; of a section: variables
     * @param count of an array: elements
     */
    record Type(int kind, String name, int size, List<Member> members, int count) {}

    /** A field with its offset in bytes, or an enumerator with its value. */
    record Member(String name, int type, long offset) {}

    /** How many scalars or structs an array type has, over all its dimensions; 1 when it is no array. */
    record Elements(int count, int type) {}

    /** A map's definition. */
    record MapDefinition(String name, int type, int keySize, int valueSize, int maxEntries, int flags) {}

    static Btf read(Path object) throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(object)).order(ByteOrder.LITTLE_ENDIAN);
        int sections = (int) elf.getLong(0x28);
        int size = elf.getShort(0x3a);
        int names = (int) elf.getLong(sections + size * elf.getShort(0x3e) + 0x18);
        for (int i = 0; i < elf.getShort(0x3c); i++) {
            int section = sections + size * i;
            if (text(elf, names + elf.getInt(section)).equals(".BTF")) {
                int start = (int) elf.getLong(section + 0x18);
                int length = (int) elf.getLong(section + 0x20);
                return parse(elf.slice(start, length).order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        throw new IOException(object + " has no .BTF section; compile it with -g");
    }

    List<Type> structs() {
        return types.stream().filter(type -> type.kind == STRUCT && !type.name.isEmpty()).toList();
    }

    List<Type> enums() {
        return types.stream().filter(type -> type.kind == ENUM && !type.name.isEmpty()).toList();
    }

    /** The maps of section {@code .maps}; a number N is written there as a pointer to an array of N elements. */
    List<MapDefinition> maps() {
        var maps = new ArrayList<MapDefinition>();
        for (Type section : types) {
            if (section.kind == SECTION && section.name.equals(".maps")) {
                for (Member member : section.members) {
                    Type variable = types.get(member.type);
                    maps.add(map(variable.name, types.get(variable.size)));
                }
            }
        }
        return maps;
    }

    private MapDefinition map(String name, Type definition) {
        return new MapDefinition(
                name,
                number(definition, "type"),
                pointedSize(definition, "key"),
                pointedSize(definition, "value"),
                number(definition, "max_entries"),
                number(definition, "map_flags"));
    }

    private int number(Type definition, String field) {
        return definition.members.stream()
                .filter(member -> member.name.equals(field))
                .mapToInt(member -> types.get(types.get(member.type).size).count)
                .findFirst()
                .orElse(0);
    }

    private int pointedSize(Type definition, String field) {
        return definition.members.stream()
                .filter(member -> member.name.equals(field))
                .mapToInt(member -> size(types.get(member.type).size))
                .findFirst()
                .orElse(0);
    }

    private int size(int id) {
        Type type = types.get(id);
        return switch (type.kind) {
            case INT, STRUCT, UNION, ENUM -> type.size;
            case ARRAY -> type.count * size(type.size);
            case POINTER -> 8;
            case TYPEDEF, CONST, VOLATILE -> size(type.size);
            default -> throw new IllegalStateException("no size: " + type);
        };
    }

    Elements elements(int id) {
        Type type = types.get(id);
        if (type.kind == TYPEDEF || type.kind == CONST || type.kind == VOLATILE) {
            return elements(type.size);
        }
        if (type.kind != ARRAY) {
            return new Elements(1, id);
        }
        Elements inner = elements(type.size);
        return new Elements(type.count * inner.count, inner.type);
    }

    private static Btf parse(ByteBuffer data) {
        int header = data.getInt(4);
        int end = header + data.getInt(8) + data.getInt(12);
        int strings = header + data.getInt(16);
        var types = new ArrayList<Type>();
        types.add(new Type(0, "void", 0, List.of(), 0));
        data.position(header + data.getInt(8));
        while (data.position() < end) {
            types.add(parseType(data, strings));
        }
        return new Btf(types);
    }

    private static Type parseType(ByteBuffer data, int strings) {
        String name = text(data, strings + data.getInt());
        int info = data.getInt();
        int size = data.getInt();
        int kind = info >>> 24 & 0x1f;
        int length = info & 0xffff;
        var members = new ArrayList<Member>();
        int count = 0;
        switch (kind) {
            case INT, VARIABLE -> data.getInt();
            case ARRAY -> {
                size = data.getInt();
                data.getInt();
                count = data.getInt();
            }
            case STRUCT, UNION -> {
                for (int i = 0; i < length; i++) {
                    String field = text(data, strings + data.getInt());
                    members.add(new Member(field, data.getInt(), (data.getInt() & 0xffffff) / 8));
                }
            }
            case ENUM -> {
                for (int i = 0; i < length; i++) {
                    members.add(new Member(text(data, strings + data.getInt()), 0, data.getInt()));
                }
            }
            case FUNC_PROTO -> data.position(data.position() + 8 * length);
            case SECTION -> {
                for (int i = 0; i < length; i++) {
                    members.add(new Member("", data.getInt(), data.getLong()));
                }
            }
            default -> {
                if (length > 0) {
                    throw new IllegalStateException("BTF kind " + kind + " is not read yet");
                }
            }
        }
        return new Type(kind, name, size, List.copyOf(members), count);
    }

    private static String text(ByteBuffer data, int at) {
        int end = at;
        while (data.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        data.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
