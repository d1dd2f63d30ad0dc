package dev.heddle.node.apply;

import dev.heddle.node.ffm.ObjectException;
import dev.heddle.node.ffm.bpf.AttachType;
import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.BpfProgram;
import dev.heddle.node.ffm.bpf.Features;
import dev.heddle.node.ffm.bpf.MapSpec;
import dev.heddle.node.ffm.bpf.MapType;
import dev.heddle.node.ffm.bpf.Pins;
import dev.heddle.node.ffm.bpf.ProgramType;
import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.elf.ObjectFile;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.NodeConfigLayout;
import dev.heddle.node.ffm.sys.LockedMemory;
import dev.heddle.node.kernel.KernelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What outlives the daemon in a BPF file system:
 *
 * <pre>
 * heddle/links/HOOK-IFINDEX, heddle/links/HOOK     attachments; they belong to no version
 * heddle/flows/ABI/MAP                             flows; they change seldom, and daemons of other ABIs share them
 * heddle/ABI/MAP                                   all other maps of one kernel ABI
 * heddle/ABI/programs/NAME-BUILD                   programs of one build
 * </pre>
 *
 * <p>Every pin is made whole or not at all, new maps are empty, and an empty table lets nobody in: the commit record
 * is the live epoch in map {@code control}, 0 until a first image was put into force. A machine that starts anew has
 * an empty BPF file system, so nothing of an earlier boot is ever adopted.
 */
final class Pinned implements AutoCloseable {

    private static final String LINKS = "links";
    private static final String FLOWS = "flows";

    private final Pins root;
    private final Pins links;
    private final Pins allFlows;
    private final Pins programs;
    private final Map<KernelMap, BpfMap> open = new EnumMap<>(KernelMap.class);
    private final List<BpfProgram> opened = new ArrayList<>();

    private Pinned(Path folder) {
        root = Pins.at(folder);
        links = Pins.at(folder.resolve(LINKS));
        allFlows = Pins.at(folder.resolve(FLOWS));
        Pins.at(allFlows.path(Abi.FLOWS_HASH));
        programs = Pins.at(folder.resolve(Abi.HASH).resolve("programs"));
    }

    /** Adopts the maps that are pinned in the folder and makes those that are missing. */
    static Pinned adopt(Path folder) {
        Pinned pinned = new Pinned(folder);
        LockedMemory.unlimited();
        try {
            for (KernelMap map : KernelMap.values()) {
                pinned.open.put(map, pinned.openOrCreate(map));
            }
            return pinned;
        } catch (RuntimeException e) {
            pinned.close();
            throw e;
        }
    }

    BpfMap map(KernelMap map) {
        BpfMap found = open.get(map);
        if (found == null) {
            throw new IllegalStateException("map " + map.mapName() + " is not open");
        }
        return found;
    }

    Pins links() {
        return links;
    }

    /** The program as this build has it: the pinned one, or loaded and pinned now. */
    BpfProgram program(String name, ProgramType type, AttachType attach, String build) {
        String pin = name + "-" + build;
        BpfProgram program;
        if (programs.exists(pin)) {
            program = BpfProgram.openPinned(programs.path(pin));
        } else {
            program = load(name, type, attach);
            program.pin(programs.path(pin));
        }
        opened.add(program);
        return program;
    }

    private BpfProgram load(String name, ProgramType type, AttachType attach) {
        try (BpfObject object = ObjectFile.shipped(name)
                .reuse(open)
                .program(name, type, attach)
                .constant("config", NodeConfigLayout.FLAGS, flags())
                .load()) {
            return object.takeProgram(name);
        } catch (ObjectException e) {
            throw new KernelException(
                    "this kernel refuses Heddle's program " + name + "; Linux 5.10 or newer with BTF is needed: "
                            + e.getMessage(),
                    e);
        }
    }

    /** What this kernel has of what programs ask for. */
    private static int flags() {
        return Features.ofKernel().socketErrors() ? Abi.CONFIG_SET_RETVAL : 0;
    }

    /** Forgets programs of other builds and maps of other versions, which no link uses any more. */
    void collect(String build) {
        programs.list().stream().filter(pin -> !pin.endsWith("-" + build)).forEach(programs::remove);
        otherLayouts().forEach(name -> remove(root.path(name)));
        allFlows.list().stream()
                .filter(name -> !name.equals(Abi.FLOWS_HASH))
                .forEach(name -> remove(allFlows.path(name)));
    }

    /** Whether tables of another layout are still there, by which programs may judge. */
    boolean hasOtherLayouts() {
        return !otherLayouts().isEmpty();
    }

    private List<String> otherLayouts() {
        return root.list().stream()
                .filter(name -> !name.equals(LINKS) && !name.equals(FLOWS) && !name.equals(Abi.HASH))
                .toList();
    }

    /** Where a map is pinned in Heddle's folder. */
    static Path pin(Path folder, KernelMap map) {
        return switch (map) {
            case CONNTRACK4, CONNTRACK6 ->
                folder.resolve(FLOWS).resolve(Abi.FLOWS_HASH).resolve(map.mapName());
            default -> folder.resolve(Abi.HASH).resolve(map.mapName());
        };
    }

    /** Takes everything away: maps, programs and links; traffic is no longer judged. */
    static void removeAll(Path folder) {
        if (Files.exists(folder)) {
            remove(folder);
        }
    }

    private static void remove(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (var children = Files.list(path)) {
                    children.toList().forEach(Pinned::remove);
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BpfMap openOrCreate(KernelMap map) {
        Path pin = pin(root.folder(), map);
        if (Files.exists(pin)) {
            return BpfMap.openPinned(pin);
        }
        BpfMap fresh = BpfMap.create(new MapSpec(
                map.mapName(), MapType.of(map.type()), map.keySize(), map.valueSize(), map.maxEntries(), map.flags()));
        fresh.pin(pin);
        return fresh;
    }

    @Override
    public void close() {
        opened.forEach(BpfProgram::close);
        open.values().forEach(BpfMap::close);
    }
}
