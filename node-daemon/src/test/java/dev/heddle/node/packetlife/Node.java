package dev.heddle.node.packetlife;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.EndpointUsageLayout;
import dev.heddle.node.ffm.layout.EventTokensLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The daemon's part: endpoints, addresses, and images compiled and made live. */
final class Node {
    private static final int SOME_OTHER_DEVICE = 1;

    private final Tables tables;
    private final Devices devices;
    private final PeerNumbering numbering = new PeerNumbering(Abi.PEERS);
    private final Map<Cast, String> apps = new EnumMap<>(Cast.class);
    private final Map<Cast, List<NamedPort>> ports = new EnumMap<>(Cast.class);
    private Map<String, String> namespaceLabels = Map.of("stage", "test");
    private List<Rule> rules = List.of();
    private @Nullable Image live;
    private int incarnations;

    Node(Tables tables, Devices devices) {
        this.tables = tables;
        this.devices = devices;
        for (Cast member : Cast.values()) {
            if (member.isPod()) {
                apps.put(member, member.label());
            }
        }
    }

    int ifindex(Cast pod) {
        return devices.ifindex(pod);
    }

    /** Where packets from other nodes come in. */
    int uplink() {
        return SOME_OTHER_DEVICE;
    }

    void admitAll() {
        tables.map(KernelMap.NODE_ADDRESSES).put(Cast.HOST.addressBytes(Family.IPV4), Tables.number(1));
        tables.map(KernelMap.NODE_ADDRESSES6).put(Cast.HOST.addressBytes(Family.IPV6), Tables.number(1));
        admit(Cast.WEB);
        admit(Cast.API);
    }

    /** Registers a pod's device; again is another pod with the same address. */
    void admit(Cast pod) {
        MappedArray endpoints = tables.mapped(KernelMap.ENDPOINTS);
        int slot = slot(pod);
        endpoints.write(slot, EndpointLayout.IPV4, pod.addressBytes(Family.IPV4), 0, 4);
        endpoints.write(slot, EndpointLayout.IPV6, pod.addressBytes(Family.IPV6), 0, 16);
        endpoints.write(slot, EndpointLayout.MAC, pod.mac(), 0, 6);
        endpoints.setInt(slot, EndpointLayout.INCARNATION, ++incarnations);
        endpoints.setInt(slot, EndpointLayout.FLAGS, 0);
        endpoints.setIntRelease(slot, EndpointLayout.IFINDEX, ifindex(pod));
        tables.map(KernelMap.LOCAL_ADDRESSES).put(pod.addressBytes(Family.IPV4), Tables.number(ifindex(pod)));
        tables.map(KernelMap.LOCAL_ADDRESSES6).put(pod.addressBytes(Family.IPV6), Tables.number(ifindex(pod)));
    }

    /** The pod has no address of this family any more. */
    void withoutAddress(Cast pod, Family family) {
        MappedArray endpoints = tables.mapped(KernelMap.ENDPOINTS);
        long place = family == Family.IPV4 ? EndpointLayout.IPV4 : EndpointLayout.IPV6;
        int length = pod.addressBytes(family).length;
        endpoints.write(slot(pod), place, new byte[length], 0, length);
    }

    void forget(Cast pod) {
        tables.mapped(KernelMap.ENDPOINTS).setInt(slot(pod), EndpointLayout.IFINDEX, 0);
    }

    void close(Cast pod) {
        tables.mapped(KernelMap.ENDPOINTS).setInt(slot(pod), EndpointLayout.FLAGS, Abi.ENDPOINT_CLOSED);
    }

    /** Drops everything of the pod while this half is live, as for a device whose pod an image does not know. */
    void closeHalf(Cast pod, int half) {
        tables.mapped(KernelMap.ENDPOINTS).setByte(slot(pod), EndpointLayout.HALF_FLAGS + half, (byte) Abi.HALF_CLOSED);
    }

    /** Keeps the filter in front of the node's addresses from now on, with these addresses in it. */
    void filter(Cast... nodeAddresses) {
        MappedArray control = tables.mapped(KernelMap.CONTROL);
        for (Cast member : nodeAddresses) {
            setFilter(control, ByteBuffer.wrap(member.addressBytes(Family.IPV4)).getInt());
            IntBuffer words = ByteBuffer.wrap(member.addressBytes(Family.IPV6)).asIntBuffer();
            setFilter(control, words.get(0) ^ words.get(1) ^ words.get(2) ^ words.get(3));
        }
        control.setInt(0, ControlLayout.NODE_FILTER_USED, 1);
    }

    private static void setFilter(MappedArray control, int folded) {
        int bit = (folded * Abi.NODE_FILTER_MULTIPLIER) >>> Abi.NODE_FILTER_SHIFT;
        long word = ControlLayout.NODE_FILTER + (long) Long.BYTES * (bit / Long.SIZE);
        control.setLong(0, word, control.getLong(0, word) | (1L << bit % Long.SIZE));
    }

    /** A pod's labels change: it is another identity from the next revision on. */
    void relabel(Cast pod, String app) {
        apps.put(pod, app);
        apply(rules);
    }

    /** The labels of namespace {@code shop} change; they are {@code stage=test} before. */
    void relabelNamespace(Map<String, String> labels) {
        namespaceLabels = labels;
        apply(rules);
    }

    /** A pod gives its ports names from the next revision on; written as {@code http=tcp/8080}. */
    void names(Cast pod, String... named) {
        ports.put(pod, Stream.of(named).map(Node::port).toList());
        apply(rules);
    }

    private static NamedPort port(String named) {
        String[] words = named.split("[=/]", -1);
        return new NamedPort(words[0], Protocol.valueOf(words[1].toUpperCase(Locale.ROOT)), Integer.parseInt(words[2]));
    }

    /** Nobody knows any more who has the address. */
    void forgetIdentity(Cast pod) {
        apps.remove(pod);
        apply(rules);
    }

    /** Conntrack entries that the pod is charged for. */
    int entries(Cast pod) {
        return tables.mapped(KernelMap.ENDPOINT_USAGE).getInt(slot(pod), EndpointUsageLayout.CONNTRACK_ENTRIES);
    }

    /** What a sweep does that finds so many flows of the pod. */
    void charge(Cast pod, int entries) {
        tables.mapped(KernelMap.ENDPOINT_USAGE).setInt(slot(pod), EndpointUsageLayout.CONNTRACK_ENTRIES, entries);
    }

    /** As if the pod's flows had had room all the time. */
    void hadRoom(Cast pod) {
        tables.mapped(KernelMap.ENDPOINT_USAGE).setInt(slot(pod), EndpointUsageLayout.NO_ROOM, 0);
    }

    /** Compiles, writes the standby half, flips. */
    void apply(List<Rule> newRules) {
        rules = newRules;
        int revision = tables.epoch() + 1;
        Image image = Compiler.compile(view(), numbering, Capacity.OF_THE_KERNEL_TABLES);
        tables.write(image, revision);
        writeSubjects(image, revision & 1, Cast.WEB);
        writeSubjects(image, revision & 1, Cast.API);
        tables.flip(revision);
        live = image;
    }

    /** The rule of this number in the image that was made live last; null when no rule decided. */
    @Nullable
    Rule rule(int number) {
        return image().rule(number);
    }

    /** The number that the address of somebody has there. */
    int peer(Cast member, Family family) {
        return image().prefixes().peer(member.address(family));
    }

    private Image image() {
        return Objects.requireNonNull(live, "a policy was given");
    }

    /** Records may be written again. */
    void nextSecond() {
        nextSecond(Abi.VERDICT_DROPPED);
        nextSecond(Abi.VERDICT_ALLOWED);
    }

    private void nextSecond(int verdict) {
        BpfMap tokens = tables.map(KernelMap.EVENT_TOKENS);
        byte[] perCpu = tokens.lookup(Tables.number(verdict)).orElseThrow();
        ByteBuffer view = ByteBuffer.wrap(perCpu).order(ByteOrder.nativeOrder());
        for (int at = 0; at < perCpu.length; at += (int) EventTokensLayout.SIZE) {
            view.putLong(at + (int) EventTokensLayout.WINDOW_NS, 0);
        }
        tokens.put(Tables.number(verdict), perCpu);
    }

    /**
     * Records that were not written.
     *
     * @param verdict {@code VERDICT_DROPPED} or {@code VERDICT_ALLOWED} of {@link Abi}
     * @param cause {@code LIMITED} or {@code LOST} of {@link EventTokensLayout}
     */
    long lostRecords(int verdict, long cause) {
        byte[] perCpu = tables.map(KernelMap.EVENT_TOKENS)
                .lookup(Tables.number(verdict))
                .orElseThrow();
        ByteBuffer view = ByteBuffer.wrap(perCpu).order(ByteOrder.nativeOrder());
        long lost = 0;
        for (int at = 0; at < perCpu.length; at += (int) EventTokensLayout.SIZE) {
            lost += view.getLong(at + (int) cause);
        }
        return lost;
    }

    /** Makes the half live that was before. */
    void flipBack() {
        tables.flip(tables.epoch() + 1);
    }

    private void writeSubjects(Image image, int half, Cast pod) {
        Subjects subjects = image.subjects().get(pod.label());
        if (subjects == null) {
            throw new IllegalStateException(pod.label());
        }
        MappedArray endpoints = tables.mapped(KernelMap.ENDPOINTS);
        long at = EndpointLayout.SUBJECT + 2L * half * Abi.DIRECTIONS;
        endpoints.setShort(slot(pod), at + 2 * Abi.INGRESS, (short) subjects.ingress());
        endpoints.setShort(slot(pod), at + 2 * Abi.EGRESS, (short) subjects.egress());
        int open = (image.open(subjects.ingress()) ? Abi.HALF_OPEN_INGRESS : 0)
                | (image.open(subjects.egress()) ? Abi.HALF_OPEN_EGRESS : 0);
        endpoints.setByte(slot(pod), EndpointLayout.HALF_FLAGS + half, (byte) open);
    }

    private NodeView view() {
        Map<String, Identity> identities = new HashMap<>();
        List<NodeView.Claim> claims = new ArrayList<>();
        apps.forEach((member, app) -> {
            Identity identity = Identity.of("shop", Map.of("app", app), portsOf(member));
            identities.put(identity.hash(), identity);
            for (Family family : Family.values()) {
                claims.add(new NodeView.Claim(member.address(family), identity.hash()));
            }
        });
        return new NodeView(
                rules,
                List.of(endpoint(Cast.WEB), endpoint(Cast.API)),
                Map.of("shop", namespaceLabels),
                identities,
                claims,
                List.of(Cidr.parse("10.244.0.0/16"), Cidr.parse("fd00:244::/48"), Cidr.parse("fe80::/10")),
                List.of(new NodeView.ClusterNode(
                        Map.of("role", "worker"),
                        Stream.of(Family.values()).map(Cast.HOST::address).toList(),
                        true)));
    }

    private NodeView.LocalEndpoint endpoint(Cast pod) {
        String app = apps.getOrDefault(pod, pod.label());
        return new NodeView.LocalEndpoint(pod.label(), "shop", Map.of("app", app), portsOf(pod));
    }

    private List<NamedPort> portsOf(Cast pod) {
        return ports.getOrDefault(pod, List.of());
    }

    private int slot(Cast pod) {
        return ifindex(pod) & (Abi.ENDPOINTS - 1);
    }
}
