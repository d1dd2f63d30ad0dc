package dev.heddle.node.ffm.elf;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.BpfProgram;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A loaded object: its programs and maps by name. Closing closes all of them that were not taken; what is pinned,
 * attached or mapped lives on.
 */
public final class BpfObject implements AutoCloseable {
    private final String name;
    private final Map<String, BpfProgram> programs;
    private final Map<String, BpfMap> maps;

    BpfObject(String name, Map<String, BpfProgram> programs, Map<String, BpfMap> maps) {
        this.name = name;
        this.programs = programs;
        this.maps = maps;
    }

    /** Names of all programs. */
    public Set<String> programs() {
        return Set.copyOf(programs.keySet());
    }

    /** Names of all maps, {@code .rodata} included. */
    public Set<String> maps() {
        return Set.copyOf(maps.keySet());
    }

    /** Stays this object's: closed with it. */
    public BpfProgram program(String programName) {
        return found("program", programName, programs.get(programName));
    }

    /** Stays this object's: closed with it. */
    public BpfMap map(String mapName) {
        return found("map", mapName, maps.get(mapName));
    }

    /** The caller closes it. */
    public BpfProgram takeProgram(String programName) {
        return found("program", programName, programs.remove(programName));
    }

    /** The caller closes it. */
    public BpfMap takeMap(String mapName) {
        return found("map", mapName, maps.remove(mapName));
    }

    private <T> T found(String what, String wanted, @Nullable T found) {
        if (found == null) {
            throw new IllegalArgumentException(name + " has no " + what + " " + wanted);
        }
        return found;
    }

    @Override
    public void close() {
        programs.values().forEach(BpfProgram::close);
        maps.values().forEach(BpfMap::close);
    }
}
