// SPDX-License-Identifier: (GPL-2.0-only OR Apache-2.0)

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the Java view of the kernel tables from the BTF of a compiled object.
 *
 * <p>Run as {@code java LayoutGenerator.java shared_types.bpf.o OUTPUT_FOLDER}: one class of offsets for each named
 * struct, one class with every enumerator, an enum of drop reasons and an enum of maps. The output follows the
 * formatter of the Java modules and depends on nothing but the object.
 */
final class LayoutGenerator {
    private static final String HEADER = """
            // Generated from the BTF of bpf/src by bpf/src/layout/LayoutGenerator.java. Do not edit.
            package dev.heddle.node.ffm.layout;

            """;

    /** What abi/flow.h says of flows, with the directions in which they begin, and their maps. */
    private static final Set<String> FLOWS = Set.of(
            "ct4_key",
            "ct6_key",
            "ct_side",
            "ct_other",
            "ct_entry",
            "ct_state",
            "ct_judged",
            "ct_flag",
            "direction",
            "conntrack4",
            "conntrack6");

    private final Btf btf;
    private final Path folder;

    private LayoutGenerator(Btf btf, Path folder) {
        this.btf = btf;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Files.createDirectories(folder);
        new LayoutGenerator(Btf.read(Path.of(arguments[0])), folder).write();
    }

    private void write() {
        btf.structs().forEach(this::writeStruct);
        writeConstants();
        writeDropReasons();
        writeMaps();
    }

    private void writeStruct(Btf.Type struct) {
        var body = new StringBuilder();
        for (Btf.Member member : struct.members()) {
            if (member.name().startsWith("spare")) {
                continue;
            }
            String name = upper(member.name());
            body.append(constant("long", name, member.offset()));
            Btf.Elements elements = btf.elements(member.type());
            if (elements.count() > 1) {
                body.append(constant("int", name + "_COUNT", elements.count()));
            }
        }
        String type = camel(struct.name()) + "Layout";
        save(type, """
                /** Size, and offsets of the fields, of {@code struct %s} in bytes; of an array also its number of elements. */
                public final class %s {
                    public static final long SIZE = %d;
                %s
                    private %s() {}
                }
                """.formatted(struct.name(), type, struct.size(), body, type));
    }

    private void writeConstants() {
        String flows = hash(FLOWS::contains, "");
        var body = new StringBuilder();
        for (Btf.Type type : btf.enums()) {
            if (type.name().equals("drop_reason")) {
                continue;
            }
            body.append("\n    // enum ").append(type.name()).append('\n');
            type.members().forEach(value -> body.append(constant("int", value.name(), value.offset())));
        }
        save("Abi", """
                /** The numbers that the programs and the daemon share: every enumerator of {@code bpf/src/abi} under its C name. */
                public final class Abi {
                    /** Changes with any struct, number or map of the kernel side; names the folder of pins. */
                    public static final String HASH = "%s";
                    /** Changes with what a flow looks like, and with the flow tables: flows outlive every other change. */
                    public static final String FLOWS_HASH = "%s";
                %s
                    private Abi() {}
                }
                """.formatted(hash(name -> true, "flows " + flows), flows, body));
    }

    private void writeDropReasons() {
        Btf.Type reasons = btf.enums().stream()
                .filter(type -> type.name().equals("drop_reason"))
                .findFirst()
                .orElseThrow();
        String constants = reasons.members().stream()
                .filter(value -> !value.name().equals("DROP_REASON_COUNT"))
                .map(value -> "    %s(%d)".formatted(value.name().substring("DROP_".length()), value.offset()))
                .collect(Collectors.joining(",\n"));
        save("DropReason", """
                import java.util.Locale;

                /** Why the kernel dropped a packet; {@code NONE} stands for a packet that passed. */
                public enum DropReason {
                %s;

                    private static final DropReason[] ALL = values();

                    private final int code;

                    DropReason(int code) {
                        this.code = code;
                    }

                    /** The number in events and, times the direction, in counters. */
                    public int code() {
                        return code;
                    }

                    /** For people: "policy denied". */
                    public String text() {
                        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
                    }

                    /** The reason with this code; codes are dense from 0. */
                    public static DropReason of(int code) {
                        if (code < 0 || code >= ALL.length) {
                            throw new IllegalArgumentException("no drop reason has code " + code);
                        }
                        return ALL[code];
                    }
                }
                """.formatted(constants));
    }

    private void writeMaps() {
        String constants = btf.maps().stream()
                .map(map -> "    %s(\"%s\", %d, %d, %d, %d, %d)"
                        .formatted(
                                upper(map.name()),
                                map.name(),
                                map.type(),
                                map.keySize(),
                                map.valueSize(),
                                map.maxEntries(),
                                map.flags()))
                .collect(Collectors.joining(",\n"));
        save("KernelMap", """
                /** Every map of the programs as {@code maps.h} declares it. */
                public enum KernelMap {
                %s;

                    private final String mapName;
                    private final int type;
                    private final int keySize;
                    private final int valueSize;
                    private final int maxEntries;
                    private final int flags;

                    KernelMap(String mapName, int type, int keySize, int valueSize, int maxEntries, int flags) {
                        this.mapName = mapName;
                        this.type = type;
                        this.keySize = keySize;
                        this.valueSize = valueSize;
                        this.maxEntries = maxEntries;
                        this.flags = flags;
                    }

                    /** The name in objects, in pins and in the kernel. */
                    public String mapName() {
                        return mapName;
                    }

                    /** {@code enum bpf_map_type}. */
                    public int type() {
                        return type;
                    }

                    /** In bytes; 0 for a ring. */
                    public int keySize() {
                        return keySize;
                    }

                    /** In bytes; 0 for a ring. */
                    public int valueSize() {
                        return valueSize;
                    }

                    /** In elements; of a ring its bytes. */
                    public int maxEntries() {
                        return maxEntries;
                    }

                    /** {@code BPF_F_*} of map creation. */
                    public int flags() {
                        return flags;
                    }
                }
                """.formatted(constants));
    }

    /** Of a beginning, and the types and maps that are asked for by name. */
    private String hash(Predicate<String> named, String beginning) {
        var text = new StringBuilder(beginning);
        Stream.concat(btf.structs().stream(), btf.enums().stream())
                .filter(type -> named.test(type.name()))
                .forEach(type -> describe(type, text));
        btf.maps().stream()
                .filter(map -> named.test(map.name()))
                .forEach(map -> text.append(map).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names and offsets only: ids of types depend on the compiler. */
    private static void describe(Btf.Type type, StringBuilder text) {
        text.append(type.name()).append(' ').append(type.size());
        type.members().forEach(member -> text.append(' ').append(member.name()).append('@').append(member.offset()));
        text.append('\n');
    }

    private void save(String type, String body) {
        try {
            Files.writeString(folder.resolve(type + ".java"), HEADER + body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String constant(String type, String name, long value) {
        return "    public static final %s %s = %d;\n".formatted(type, name, value);
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    private static String camel(String name) {
        List<String> words = new ArrayList<>(List.of(name.split("_")));
        return words.stream()
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
