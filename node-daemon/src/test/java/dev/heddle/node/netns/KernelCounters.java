package dev.heddle.node.netns;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel counts in the network namespaces of both pods together (RFC 1213, proc(5)). */
record KernelCounters(long tcpRetransmissions, long udpOverflows) {

    static KernelCounters now() {
        return Stream.of(TwoPods.A, TwoPods.B)
                .map(pod -> pod.inside(KernelCounters::ofThisNamespace))
                .reduce(new KernelCounters(0, 0), KernelCounters::plus);
    }

    KernelCounters since(KernelCounters before) {
        return new KernelCounters(tcpRetransmissions - before.tcpRetransmissions, udpOverflows - before.udpOverflows);
    }

    private KernelCounters plus(KernelCounters other) {
        return new KernelCounters(tcpRetransmissions + other.tcpRetransmissions, udpOverflows + other.udpOverflows);
    }

    private static KernelCounters ofThisNamespace() {
        List<String> ipv4 = lines("/proc/thread-self/net/snmp");
        long overflows6 = lines("/proc/thread-self/net/snmp6").stream()
                .filter(line -> line.startsWith("Udp6RcvbufErrors"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[1]))
                .sum();
        return new KernelCounters(field(ipv4, "Tcp:", "RetransSegs"), field(ipv4, "Udp:", "RcvbufErrors") + overflows6);
    }

    /** A protocol has a line of names, and then one of numbers. */
    private static long field(List<String> lines, String protocol, String name) {
        List<String[]> both = lines.stream()
                .filter(line -> line.startsWith(protocol))
                .map(line -> line.split(" ", -1))
                .toList();
        return Long.parseLong(both.get(1)[List.of(both.get(0)).indexOf(name)]);
    }

    private static List<String> lines(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
