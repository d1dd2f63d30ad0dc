package dev.heddle.node.netns;

import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.ffm.netlink.NetworkNamespace;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.packetlife.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Pods a and b on a bridge of this machine's own namespace, where the machine has an address too. */
final class TwoPods implements AutoCloseable {

    static final Pod A = new Pod("a", "10.199.77.2", "fd00:199:77::2");
    static final Pod B = new Pod("b", "10.199.77.3", "fd00:199:77::3");

    /** Pods that come and go, see {@link #comes}. */
    static final Pod C = new Pod("c", "10.199.77.4", "fd00:199:77::4");

    static final Pod D = new Pod("d", "10.199.77.5", "fd00:199:77::5");

    static final String HOST = "10.199.77.1";
    static final String HOST6 = "fd00:199:77::1";

    /** Where the pods' addresses are from. */
    static final List<String> RANGES = List.of("10.199.77.0/24", "fd00:199:77::/64");

    static final String BRIDGE = "hdtbr";

    /**
     * A pod.
     *
     * @param address its IPv4 address
     * @param address6 its IPv6 address
     */
    record Pod(String name, String address, String address6) {
        String address(Family family) {
            return family == Family.IPV4 ? address : address6;
        }

        String device() {
            return "hdt-" + name;
        }

        Path namespace() {
            return Path.of("/run/netns/hdt-" + name);
        }

        /** Runs inside the pod; sockets opened there stay there. */
        <T> T inside(Callable<T> work) {
            return NetworkNamespace.inside(namespace(), work);
        }

        /** Gives it another address, of which Heddle knows nothing. */
        void alsoHas(String another) {
            boolean ipv6 = another.contains(":");
            run("ip -n hdt-" + name + " addr add " + another + (ipv6 ? "/64 dev eth0 nodad" : "/24 dev eth0"));
        }

        /** Need not ask where another pod is any more. */
        void knowsNeighbour(Pod other) {
            String line = output("ip -n hdt-" + other.name + " -oneline link show dev eth0");
            String mac = line.substring(line.indexOf("link/ether ") + 11).split(" ", 2)[0];
            run("ip -n hdt-" + name + " neigh replace " + other.address + " lladdr " + mac + " dev eth0 nud permanent");
        }

        /** Sends what is for an address to another pod's device, as a router would. */
        void sends(String foreign, Pod to) {
            String ip = "ip -n hdt-" + name + (foreign.contains(":") ? " -6 " : " ");
            run(ip + "route add " + foreign + " dev eth0");
            run(ip + "neigh add " + foreign + " lladdr " + to.mac() + " dev eth0");
        }

        private String mac() {
            String line = output("ip -n hdt-" + name + " -oneline link show dev eth0");
            int at = line.indexOf("link/ether ") + "link/ether ".length();
            return line.substring(at, line.indexOf(' ', at));
        }

        void forgetsNeighbours() {
            run("ip -n hdt-" + name + " neigh flush dev eth0");
        }

        /** Loses its address and takes it as a kernel does, after asking whether somebody has it. */
        void takesAgain(String own) throws InterruptedException {
            run("ip -n hdt-" + name + " addr del " + own + "/64 dev eth0");
            run("ip -n hdt-" + name + " addr add " + own + "/64 dev eth0");
            awaitAddress(own);
        }

        /** Waits until it may speak from an IPv6 address that begins so. */
        void awaitAddress(String beginning) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!output("ip -n hdt-" + name + " -6 addr show dev eth0 -tentative")
                    .contains(beginning)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(name + " does not take " + beginning);
                }
                Thread.sleep(50);
            }
        }

        /** Java asks /proc for devices, and that shows those of this machine. */
        String linkLocal() {
            String line = output("ip -n hdt-" + name + " -6 -oneline addr show dev eth0 scope link");
            return line.substring(line.indexOf("fe80"), line.indexOf('/'));
        }

        /** Of its device, as it sees it. */
        int ifindexInside() {
            String line = output("ip -n hdt-" + name + " -oneline link show dev eth0");
            return Integer.parseInt(line.substring(0, line.indexOf(':')));
        }

        PodInterface attached() {
            return new PodInterface(
                    "sandbox-" + name,
                    "eth0",
                    "shop",
                    name,
                    "uid-" + name,
                    ifindex(),
                    device(),
                    PodAddresses.of(Ipv4.parse(address), Ipv6.parse(address6)),
                    "",
                    namespace().toString());
        }

        int ifindex() {
            return TwoPods.ifindex(device());
        }
    }

    private TwoPods() {}

    /** The number of a device of this machine. */
    static int ifindex(String device) {
        try {
            return Integer.parseInt(Files.readString(Path.of("/sys/class/net", device, "ifindex"))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String host(Family family) {
        return family == Family.IPV4 ? HOST : HOST6;
    }

    static TwoPods up() {
        TwoPods pods = new TwoPods();
        pods.close();
        run("ip link add " + BRIDGE + " type bridge");
        run("ip addr add " + HOST + "/24 dev " + BRIDGE);
        run("ip addr add " + HOST6 + "/64 dev " + BRIDGE + " nodad");
        run("ip link set " + BRIDGE + " up");
        comes(A);
        comes(B);
        return pods;
    }

    /** Makes a pod's device and namespace. */
    static void comes(Pod pod) {
        comes(pod, "");
    }

    /** The same, and its device gets a number that nobody has. */
    static void comes(Pod pod, int ifindex) {
        comes(pod, " index " + ifindex);
    }

    private static void comes(Pod pod, String index) {
        run("ip netns add hdt-" + pod.name());
        run("ip link add " + pod.device() + index + " type veth peer name eth0 netns hdt-" + pod.name());
        run("ip link set " + pod.device() + " master " + BRIDGE + " up");
        run("ip -n hdt-" + pod.name() + " addr add " + pod.address() + "/24 dev eth0");
        run("ip -n hdt-" + pod.name() + " addr add " + pod.address6() + "/64 dev eth0 nodad");
        run("ip -n hdt-" + pod.name() + " link set eth0 up");
        run("ip -n hdt-" + pod.name() + " link set lo up");
    }

    /** Takes a pod's device and namespace away, if they are there. */
    static void goes(Pod pod) {
        tryRun("ip link del " + pod.device());
        tryRun("ip netns del hdt-" + pod.name());
    }

    @Override
    public void close() {
        List.of(A, B, C, D).forEach(TwoPods::goes);
        tryRun("ip link del " + BRIDGE);
    }

    static void run(String command) {
        if (tryRun(command) != 0) {
            throw new IllegalStateException("failed: " + command);
        }
    }

    private static String output(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" ")).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int tryRun(String command) {
        try {
            Process process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
