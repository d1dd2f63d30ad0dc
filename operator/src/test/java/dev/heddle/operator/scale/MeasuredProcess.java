package dev.heddle.operator.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the kernel and the virtual machine say of a Java process. */
record MeasuredProcess(long pid) {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, proc_pid_stat(5)
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    /**
     * A process that this one has started, or that such a one has.
     *
     * @param name of its program, as proc_pid_comm(5) has it: at most 15 characters
     */
    static MeasuredProcess started(String name) throws IOException {
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            Path comm = Path.of("/proc/" + process.pid() + "/comm");
            if (Files.exists(comm) && Files.readString(comm).strip().equals(name)) {
                return new MeasuredProcess(process.pid());
            }
        }
        throw new IOException("no process " + name + " was started");
    }

    static MeasuredProcess self() {
        return new MeasuredProcess(ProcessHandle.current().pid());
    }

    /** CPU time so far, of all threads, user and system, in seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The name of the program, in parentheses, may have blanks.
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME))) / TICKS_PER_SECOND;
    }

    /** The most memory that was ever resident, in MiB. */
    double peakResidentMebibytes() throws IOException {
        return status("VmHWM:") / 1024.0;
    }

    double residentMebibytes() throws IOException {
        return status("VmRSS:") / 1024.0;
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /** The objects in the heap that somebody needs, in MiB: what is left after a full collection. */
    double liveHeapMebibytes() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return histogram
                        .lines()
                        .filter(line -> line.startsWith("Total"))
                        .mapToLong(line -> Long.parseLong(line.trim().split("\\s+", -1)[2]))
                        .findFirst()
                        .orElseThrow(() -> new IOException("jcmd says: " + histogram))
                / 1048576.0;
    }
}
