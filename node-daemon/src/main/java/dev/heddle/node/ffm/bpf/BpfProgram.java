package dev.heddle.node.ffm.bpf;

import dev.heddle.node.ffm.ObjectException;
import dev.heddle.node.ffm.netlink.BpfFilter;
import dev.heddle.node.ffm.netlink.TrafficControl;
import dev.heddle.node.ffm.sys.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HexFormat;

/** A loaded program. Closing closes our descriptor; pins and links keep it alive. */
public final class BpfProgram implements AutoCloseable {
    private static final int PROGRAM_INFO_SIZE = 80;
    private static final int INSTRUCTION = 8;
    private static final int LOG = 64 * 1024;
    /** A program may make a packet longer. */
    private static final int GROWTH = 512;

    private static final int XDP_CONTEXT = 24;
    private static final int LIVE_FRAMES = 1 << 1;

    private final Fd fd;
    private final ProgramInfo info;

    private BpfProgram(Fd fd) {
        this.fd = fd;
        try (Arena arena = Arena.ofConfined()) {
            Attr read = ObjectInfo.read(fd, PROGRAM_INFO_SIZE, arena);
            byte[] tag = read.memory().asSlice(8, 8).toArray(ValueLayout.JAVA_BYTE);
            info = new ProgramInfo(
                    read.getInt(4),
                    read.getName(64),
                    ProgramType.of(read.getInt(0)),
                    HexFormat.of().formatHex(tag),
                    read.getInt(20));
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    /**
     * Loads raw instructions, for probes and tests; compiled objects are loaded by {@code elf}.
     *
     * @param instructions 8 bytes each, as the kernel wants them
     */
    public static BpfProgram load(String name, ProgramType type, AttachType attach, byte[] instructions) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment log = arena.allocate(LOG);
            Attr attr = Attr.of(arena, 72)
                    .with(0, type.code())
                    .with(4, instructions.length / INSTRUCTION)
                    .with(8, arena.allocate(instructions.length, 8).copyFrom(MemorySegment.ofArray(instructions)))
                    .with(16, arena.allocateFrom("GPL"))
                    .with(24, 1)
                    .with(28, LOG)
                    .with(32, log)
                    .withName(48, name)
                    .with(68, attach.code());
            long result = Command.PROG_LOAD.tryCall(attr.memory());
            if (result < 0) {
                throw new ObjectException("PROG_LOAD", (int) -result, "program " + name, "", log.getString(0));
            }
            return adopt(Fd.of(result, "program " + name));
        }
    }

    public static BpfProgram openPinned(Path pin) {
        return adopt(Pins.open(pin));
    }

    /** Takes ownership of the descriptor. For {@code ffm} only. */
    public static BpfProgram adopt(Fd fd) {
        return new BpfProgram(fd);
    }

    public ProgramInfo info() {
        return info;
    }

    /** The kernel's number of this program. */
    public int id() {
        return info.id();
    }

    public void pin(Path path) {
        Pins.pin(fd, path);
    }

    /** Runs the program on a packet that no device sees. */
    public TestResult testRun(TestRun run) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packetOut = arena.allocate(run.packet().length + GROWTH, 8);
            MemorySegment contextOut = arena.allocate(Math.max(run.context().length, 8), 8);
            Attr attr = Attr.of(arena, 80)
                    .with(0, fd.number())
                    .with(8, run.packet().length)
                    .with(12, (int) packetOut.byteSize())
                    .with(16, copy(arena, run.packet()))
                    .with(24, packetOut)
                    .with(32, run.repeat());
            if (run.context().length > 0) {
                attr.with(40, run.context().length)
                        .with(44, run.context().length)
                        .with(48, copy(arena, run.context()))
                        .with(56, contextOut);
            }
            Command.PROG_TEST_RUN.call(attr.memory(), fd.toString());
            return new TestResult(
                    attr.getInt(4),
                    packetOut.asSlice(0, attr.getInt(12)).toArray(ValueLayout.JAVA_BYTE),
                    contextOut.asSlice(0, attr.getInt(44)).toArray(ValueLayout.JAVA_BYTE),
                    attr.getInt(36));
        }
    }

    /**
     * Runs an XDP program on frames as if they came in by a device, and does with each what it says
     * ({@code BPF_F_TEST_XDP_LIVE_FRAMES}, kernel 5.18). The caller's thread does the work, the network stack's included.
     *
     * @param frame what each frame is at first; its memory is used again, so what the program writes stays
     * @param ifindex of a device of the caller's network namespace
     */
    public void inject(byte[] frame, int ifindex, int times) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment context = arena.allocate(XDP_CONTEXT, 8);
            context.set(ValueLayout.JAVA_INT, 4, frame.length); // data_end
            context.set(ValueLayout.JAVA_INT, 12, ifindex);
            Attr attr = Attr.of(arena, 80)
                    .with(0, fd.number())
                    .with(8, frame.length)
                    .with(16, copy(arena, frame))
                    .with(32, times)
                    .with(40, XDP_CONTEXT)
                    .with(48, context)
                    .with(64, LIVE_FRAMES);
            Command.PROG_TEST_RUN.call(attr.memory(), fd.toString());
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return arena.allocate(Math.max(bytes.length, 1), 8).copyFrom(MemorySegment.ofArray(bytes));
    }

    /** Attaches it to a device by a clsact qdisc, which is made if the device has none. */
    public void attach(TrafficControl control, BpfFilter place) {
        control.addClsact(place.ifindex());
        control.put(place, fd.number());
    }

    int descriptor() {
        return fd.number();
    }

    @Override
    public void close() {
        fd.close();
    }

    @Override
    public String toString() {
        return "program " + info.name();
    }
}
