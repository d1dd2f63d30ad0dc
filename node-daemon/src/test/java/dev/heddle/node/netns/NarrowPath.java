package dev.heddle.node.netns;

import static dev.heddle.node.netns.TwoPods.run;
import static dev.heddle.node.netns.TwoPods.tryRun;

import dev.heddle.node.ffm.netlink.NetworkNamespace;
import dev.heddle.node.packetlife.Family;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A host outside of the cluster, behind a router that is on the pods' bridge. What the router sends on must be smaller than what
 * pod and host can send, so it tells whoever sends more: RFC 1191 and RFC 8201.
 */
final class NarrowPath implements AutoCloseable {

    /** The largest packet that it sends on: the smallest that IPv6 allows. */
    static final int MTU = 1_280;

    private static final String ROUTER = "hdt-router";
    private static final String OUTSIDE = "hdt-outside";
    private static final String ON_BRIDGE = "hdt-r";

    private NarrowPath() {}

    /** From pod a. */
    static NarrowPath up() {
        NarrowPath path = new NarrowPath();
        path.close();
        for (String namespace : List.of(ROUTER, OUTSIDE)) {
            run("ip netns add " + namespace);
            run("ip -n " + namespace + " link set lo up");
        }
        run("ip netns exec " + ROUTER + " sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        run("ip link add " + ON_BRIDGE + " type veth peer name pods netns " + ROUTER);
        run("ip link set " + ON_BRIDGE + " master " + TwoPods.BRIDGE + " up");
        has(ROUTER, "pods", "10.199.77.8/24", "fd00:199:77::8/64");
        run("ip -n " + ROUTER + " link add outside mtu " + MTU + " type veth peer name eth0 netns " + OUTSIDE);
        has(ROUTER, "outside", "10.199.78.1/24", "fd00:199:78::1/64");
        has(OUTSIDE, "eth0", address(Family.IPV4) + "/24", address(Family.IPV6) + "/64");
        run("ip -n " + OUTSIDE + " route add default via 10.199.78.1");
        run("ip -n " + OUTSIDE + " route add default via fd00:199:78::1");
        run("ip -n hdt-a route add " + range(Family.IPV4) + " via 10.199.77.8");
        run("ip -n hdt-a route add " + range(Family.IPV6) + " via fd00:199:77::8");
        return path;
    }

    /** Of the host. */
    static String address(Family family) {
        return family == Family.IPV4 ? "10.199.78.2" : "fd00:199:78::2";
    }

    /** Where the host's address is from. */
    static String range(Family family) {
        return family == Family.IPV4 ? "10.199.78.0/24" : "fd00:199:78::/64";
    }

    /** Runs inside the host; sockets opened there stay there. */
    static <T> T outside(Callable<T> work) {
        return NetworkNamespace.inside(Path.of("/run/netns", OUTSIDE), work);
    }

    private static void has(String namespace, String device, String address, String address6) {
        run("ip -n " + namespace + " addr add " + address + " dev " + device);
        run("ip -n " + namespace + " addr add " + address6 + " dev " + device + " nodad");
        run("ip -n " + namespace + " link set " + device + " up");
    }

    @Override
    public void close() {
        tryRun("ip link del " + ON_BRIDGE);
        tryRun("ip netns del " + OUTSIDE);
        tryRun("ip netns del " + ROUTER);
    }
}
