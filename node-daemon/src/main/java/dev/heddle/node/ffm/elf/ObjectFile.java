package dev.heddle.node.ffm.elf;

import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.ProgramType;
import dev.heddle.node.ffm.layout.KernelMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A compiled object and what is to be set before it is loaded. Not thread-safe; may be loaded more than once.
 *
 * <pre>{@code
 * try (BpfObject object = ObjectFile.shipped("from_pod").reuse(maps).constant("config", bytes).load()) { ... }
 * }</pre>
 */
public final class ObjectFile {
    private static final String SHIPPED = "/dev/heddle/bpf/";

    /** How a program is to be loaded when its section's name does not say it. */
    record Kind(ProgramType type, AttachType attach) {}

    /** Four bytes of a variable. */
    record Field(long offset, int value) {}

    private final String name;
    private final byte[] bytes;
    private final Map<String, byte[]> constants = new LinkedHashMap<>();
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, BpfMap> reused = new LinkedHashMap<>();
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private ObjectFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** An object in memory; the name is for errors. */
    public static ObjectFile of(String name, byte[] elf) {
        return new ObjectFile(name, elf);
    }

    /** One of Heddle's own programs, by its file's name without endings, for example {@code from_pod}. */
    public static ObjectFile shipped(String program) {
        String resource = SHIPPED + program + ".bpf.o";
        try (InputStream in = ObjectFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no object " + resource + " on the class path");
            }
            return new ObjectFile(program, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a variable of {@code .rodata}; the verifier removes what it switches off. */
    public ObjectFile constant(String variable, byte[] value) {
        constants.put(variable, value.clone());
        return this;
    }

    /**
     * Sets four bytes of a variable of {@code .rodata}; the others keep what the object says.
     *
     * @param offset of the field, in bytes
     */
    public ObjectFile constant(String variable, long offset, int value) {
        fields.put(variable, new Field(offset, value));
        return this;
    }

    /** Uses this map instead of a new one; the kernel checks that it fits. It stays the caller's. */
    public ObjectFile reuse(String mapName, BpfMap map) {
        reused.put(mapName, map);
        return this;
    }

    /** Uses all of these that the object declares. */
    public ObjectFile reuse(Map<KernelMap, BpfMap> maps) {
        maps.forEach((kernelMap, map) -> reuse(kernelMap.mapName(), map));
        return this;
    }

    public ObjectFile maxEntries(String mapName, int entries) {
        sizes.put(mapName, entries);
        return this;
    }

    public ObjectFile program(String programName, ProgramType type, AttachType attach) {
        kinds.put(programName, new Kind(type, attach));
        return this;
    }

    /**
     * Has the kernel verify and load everything.
     *
     * @throws dev.heddle.node.ffm.ObjectException with the verifier's log when it refuses
     */
    public BpfObject load() {
        return Loader.load(this);
    }

    String name() {
        return name;
    }

    byte[] bytes() {
        return bytes;
    }

    Map<String, byte[]> constants() {
        return constants;
    }

    Map<String, Field> fields() {
        return fields;
    }

    Map<String, BpfMap> reused() {
        return reused;
    }

    Map<String, Integer> sizes() {
        return sizes;
    }

    Map<String, Kind> kinds() {
        return kinds;
    }
}
