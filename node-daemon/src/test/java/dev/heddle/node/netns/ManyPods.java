package dev.heddle.node.netns;

import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.PodAddresses;
import java.util.stream.IntStream;

/** Devices of as many pods as a node has. The pods' ends are all in one namespace: nothing is sent. */
final class ManyPods implements AutoCloseable {

    static final String RANGE = "10.199.78.0/24";

    private static final String NAMESPACE = "hdt-many";

    private final int count;

    private ManyPods(int count) {
        this.count = count;
    }

    static ManyPods up(int count) {
        ManyPods pods = new ManyPods(count);
        pods.close();
        TwoPods.run("ip netns add " + NAMESPACE);
        IntStream.range(0, count)
                .forEach(i -> TwoPods.run(
                        "ip link add " + device(i) + " type veth peer name eth" + i + " netns " + NAMESPACE));
        return pods;
    }

    static String name(int pod) {
        return "pod-" + pod;
    }

    /** Its interface, as a pod of this namespace. */
    static PodInterface attached(int pod, String namespace) {
        return new PodInterface(
                "sandbox-" + pod,
                "eth0",
                namespace,
                name(pod),
                "uid-" + name(pod),
                TwoPods.ifindex(device(pod)),
                device(pod),
                PodAddresses.of(Ipv4.parse("10.199.78." + (2 + pod))),
                "",
                null);
    }

    private static String device(int pod) {
        return "hdtm" + pod;
    }

    @Override
    public void close() {
        IntStream.range(0, count).forEach(i -> TwoPods.tryRun("ip link del " + device(i)));
        TwoPods.tryRun("ip netns del " + NAMESPACE);
    }
}
