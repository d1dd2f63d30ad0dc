package dev.heddle.node.bench.policy;

import dev.heddle.node.ffm.netlink.NetworkNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node in a network namespace of its own, with one pod in another. Every address of the peers is the node's, so that
 * what the pod sends to them ends there: behind the policy, in a chain that counts and drops.
 */
final class Lane implements AutoCloseable {
    /** The node's side of the pod's device. */
    static final String DEVICE = "host0";

    static final String DEVICE_MAC = "020000000001";
    static final String POD_MAC = "020000000002";

    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final String node;
    private final String pod;
    private final int ifindex;

    /** @param name of the lane; with this process's id it names the namespaces */
    Lane(String name) {
        String prefix = "hdb" + ProcessHandle.current().pid();
        node = prefix + "-" + name;
        pod = prefix + "-pod-" + name;
        try {
            ip("netns add " + node);
            ip("netns add " + pod);
            ip("-n " + node + " link add " + DEVICE + " address " + colons(DEVICE_MAC)
                    + " type veth peer name eth0 address " + colons(POD_MAC) + " netns " + pod);
            ip("-n " + node + " addr add " + Workload.HOST + "/24 dev " + DEVICE);
            ip("-n " + node + " link set " + DEVICE + " up");
            ip("-n " + node + " link set lo up");
            ip("-n " + node + " route add local " + Workload.PEER_RANGE + " dev lo");
            ip("-n " + pod + " addr add " + Workload.POD + "/24 dev eth0");
            ip("-n " + pod + " link set eth0 up");
            ip("-n " + pod + " route add default via " + Workload.HOST);
            String line = ip("-n " + node + " -oneline link show " + DEVICE);
            ifindex = Integer.parseInt(line.substring(0, line.indexOf(':')));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    int ifindex() {
        return ifindex;
    }

    /** Runs in the node's namespace. */
    <T> T onNode(Callable<T> work) {
        return NetworkNamespace.inside(Path.of("/run/netns", node), work);
    }

    /** Runs in the pod's namespace. */
    <T> T inPod(Callable<T> work) {
        return NetworkNamespace.inside(Path.of("/run/netns", pod), work);
    }

    /** Has a command of the node read this text. */
    String feed(String text, String... command) {
        List<String> inside = new java.util.ArrayList<>(List.of("ip", "netns", "exec", node));
        inside.addAll(List.of(command));
        return run(inside, text);
    }

    /** Counts and drops what passed the policy. */
    void countPassed() {
        feed("""
                table ip passed {
                  chain input {
                    type filter hook input priority 100;
                    iifname "%s" tcp dport %d counter drop
                  }
                }
                """.formatted(DEVICE, Workload.PORT), "nft", "-f", "-");
    }

    /** How many packets passed the policy since {@link #countPassed}. */
    long passed() {
        Matcher counter = PACKETS.matcher(feed("", "nft", "list", "table", "ip", "passed"));
        if (!counter.find()) {
            throw new IllegalStateException("no counter in lane " + node);
        }
        return Long.parseLong(counter.group(1));
    }

    /** Lets what passes reach its sockets. */
    void letPass() {
        feed("", "nft", "delete", "table", "ip", "passed");
    }

    @Override
    public void close() {
        for (String namespace : List.of(pod, node)) {
            try {
                ip("netns del " + namespace);
            } catch (IllegalStateException e) {
                // Was not made.
            }
        }
    }

    private static String colons(String mac) {
        return mac.replaceAll("..(?!$)", "$0:");
    }

    private static String ip(String arguments) {
        return run(List.of(("ip " + arguments).split(" ")), "");
    }

    private static String run(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread writer = Thread.ofPlatform().start(() -> write(process, input));
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            writer.join();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A command that fails may stop reading; its exit code says so. */
    private static void write(Process process, String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            process.destroy();
        }
    }
}
