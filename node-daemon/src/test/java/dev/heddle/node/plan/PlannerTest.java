package dev.heddle.node.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.LinkState;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Services;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.kernel.SocketHook;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.node.plan.Desired.PodDevice;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A small language: {@code pod 7} is a device under policy, {@code isolated 7} one that may be denied something,
 * {@code old 7} one whose programs are of another build, {@code foreign 7} one whose programs use other tables,
 * {@code gone 7} one whose device is gone, {@code shut 7} one that is closed, {@code image A} the tables.
 */
class PlannerTest {

    private static final Image A = image();
    private static final Image B = image();
    private static final Subjects OPEN = new Subjects(Subjects.WITHOUT_RULES, Subjects.WITHOUT_RULES);
    private static final ServiceAddress DNS = new ServiceAddress(Ipv4.parse("10.96.0.10"), 53, 17);

    private static final Services RESOLVED = new Services(
            Map.of(DNS, ServiceTarget.of(List.of())), Map.of(Address.parse("10.0.0.2"), ServiceNode.OTHER));

    static Stream<Arguments> cases() {
        return Stream.of(
                row("image A", "", "write 1; flip 1; await"),
                row("image A", "image A", ""),
                row("image B", "image A", "write 2; flip 2; await"),
                // A daemon that came back knows no image: it writes the standby and flips, whatever was live.
                row("image A, pod 7", "revision 41, pod 7", "write 42 [7]; flip 42; await"),
                // Tables are live before a device gets its slot, and the slot is there before the programs.
                row("image A, pod 7", "", "write 1 [7]; flip 1; await; slot 7; attach from_pod 7; attach to_pod 7"),
                row("image A, pod 7", "image A", "slot 7; attach from_pod 7; attach to_pod 7"),
                row("image A, pod 7, pod 3", "image A, pod 7", "slot 3; attach from_pod 3; attach to_pod 3"),
                // An upgrade replaces programs in place; nothing is ever detached from a living device.
                row("image A, pod 7", "image A, old 7", "attach from_pod 7; attach to_pod 7"),
                row("image A", "image A, old 7", "shut 7; attach from_pod 7; attach to_pod 7"),
                row("image A", "image A, pod 7", "shut 7"),
                row("image B", "image A, pod 7", "shut 7; write 2; flip 2; await"),
                row("image A", "image A, shut 7", ""),
                row("image A, pod 7", "image A, shut 7", "slot 7"),
                row("image A", "image A, gone 7", "detach from_pod 7; detach to_pod 7; clear 7"),
                // The same ifindex again, for a new device.
                row(
                        "image A, pod 7",
                        "image A, gone 7",
                        "detach from_pod 7; detach to_pod 7; attach from_pod 7; attach to_pod 7"),
                // A pod's open connections are known before a direction of it closes, and are not asked for otherwise.
                row("image B, isolated 7", "image A, pod 7", "write 2 [7]; seed 7; flip 2; await"),
                row("image B, isolated 7", "image A, isolated 7", "write 2 [7]; flip 2; await"),
                row("image B, pod 7", "image A, isolated 7", "write 2 [7]; flip 2; await"),
                row("image A, isolated 7", "revision 41, isolated 7", "write 42 [7]; flip 42; await"),
                row("image A, isolated 7", "image A", "slot 7; seed 7; attach from_pod 7; attach to_pod 7"),
                row("image A, isolated 7", "image A, shut 7", "slot 7; seed 7"),
                row("image B, isolated 7", "image A, shut 7", "write 2 [7]; seed 7; flip 2; await; slot 7"),
                row(
                        "image A, isolated 7",
                        "foreign 7",
                        "write 1 [7]; flip 1; await; slot 7; seed 7; attach from_pod 7; attach to_pod 7"),
                // A program asks for the sender's slot too, though the sender's device has programs of other tables
                // yet.
                row(
                        "image A, pod 7, pod 9",
                        "foreign 7, foreign 9",
                        "write 1 [7, 9]; flip 1; await; slot 7; slot 9; attach from_pod 7; attach to_pod 7; attach from_pod 9;"
                                + " attach to_pod 9"),
                // Who judged meanwhile had tables of its own, perhaps: these say that nothing closes, and may be wrong.
                row(
                        "image B, isolated 7",
                        "revision 41, isolated 7, other 7",
                        "write 42 [7]; seed 7; flip 42; await; attach from_pod 7; attach to_pod 7"),
                row("image B, isolated 9", "image A, pod 9", "write 2 [9]; flip 2; await"),
                row("image A, peer", "image A", "store 10.244.1.9=5"),
                row("image B, peer", "image A", "write 2; flip 2; await; store 10.244.1.9=5"),
                row("image A, node 10.0.0.1", "image A, node 10.0.0.2", "no host 10.0.0.2; host 10.0.0.1"),
                // A service is there before the hooks that translate it.
                row(
                        "image A, dns, sockets",
                        "image A",
                        "node ports at 10.0.0.2; service 10.96.0.10; connect4; sendmsg4; recvmsg4; getpeername4; connect6; "
                                + "sendmsg6; recvmsg6; getpeername6"),
                row("image A, dns, sockets", "image A, dns, sockets", ""),
                row("image A, sockets", "image A, dns, sockets", "no node ports at 10.0.0.2; no service 10.96.0.10"));
    }

    @ParameterizedTest(name = "desired {0} | observed {1} | steps {2}")
    @MethodSource("cases")
    void plans(String desired, String observed, String steps) {
        List<String> planned = Planner.plan(desired(desired), observed(observed)).stream()
                .map(PlannerTest::text)
                .toList();

        assertThat(String.join("; ", planned)).isEqualTo(steps);
    }

    private static Arguments row(String desired, String observed, String steps) {
        return Arguments.of(desired, observed, steps);
    }

    private static Desired desired(String text) {
        Image image = A;
        Map<Integer, PodDevice> pods = new LinkedHashMap<>();
        List<PeerStore> peers = List.of();
        Services services = Services.NONE;
        Set<Address> nodeAddresses = new HashSet<>();
        boolean sockets = false;
        for (String[] word : words(text)) {
            switch (word[0]) {
                case "image" -> image = named(word[1]);
                case "pod" -> pods.put(Integer.parseInt(word[1]), pod(word[1], OPEN));
                case "isolated" ->
                    pods.put(
                            Integer.parseInt(word[1]),
                            pod(word[1], image.subjects().values().iterator().next()));
                case "peer" -> peers = List.of(new PeerStore(Ipv4.parse("10.244.1.9"), 5, 1, 1));
                case "node" -> nodeAddresses.add(Address.parse(word[1]));
                case "dns" -> services = RESOLVED;
                case "sockets" -> sockets = true;
                default -> throw new IllegalArgumentException(text);
            }
        }
        return new Desired(image, pods, peers, services, nodeAddresses, sockets);
    }

    private static Observed observed(String text) {
        int revision = 0;
        @Nullable Image image = null;
        Map<Integer, Slot> slots = new HashMap<>();
        Map<Integer, OpenDirections> open = new HashMap<>();
        Map<DeviceLink, LinkState> links = new HashMap<>();
        Map<SocketHook, LinkState> sockets = new HashMap<>();
        Services services = Services.NONE;
        Set<Address> nodeAddresses = new HashSet<>();
        for (String[] word : words(text)) {
            switch (word[0]) {
                case "image" -> {
                    image = named(word[1]);
                    revision = 1;
                }
                case "revision" -> revision = Integer.parseInt(word[1]);
                case "pod", "isolated", "old", "gone", "shut", "foreign" -> {
                    int ifindex = Integer.parseInt(word[1]);
                    if (!word[0].equals("foreign")) {
                        slots.put(ifindex, slot(word[1], word[0].equals("shut")));
                    }
                    if (!word[0].equals("shut")) {
                        open.put(ifindex, new OpenDirections(!word[0].equals("isolated"), true));
                    }
                    for (Hook hook : Hook.values()) {
                        links.put(new DeviceLink(ifindex, hook), state(word[0]));
                    }
                }
                case "other" ->
                    Stream.of(Hook.values())
                            .forEach(hook ->
                                    links.put(new DeviceLink(Integer.parseInt(word[1]), hook), LinkState.OUTDATED));
                case "node" -> nodeAddresses.add(Address.parse(word[1]));
                case "dns" -> services = RESOLVED;
                case "sockets" -> Stream.of(SocketHook.values()).forEach(hook -> sockets.put(hook, LinkState.CURRENT));
                default -> throw new IllegalArgumentException(text);
            }
        }
        return new Observed(revision, image, slots, open, links, sockets, services, nodeAddresses);
    }

    private static LinkState state(String word) {
        return switch (word) {
            case "old", "foreign" -> LinkState.OUTDATED;
            case "gone" -> LinkState.SEVERED;
            default -> LinkState.CURRENT;
        };
    }

    private static String text(Step step) {
        return switch (step) {
            case Step.WriteImage write ->
                "write " + write.revision()
                        + (write.subjects().isEmpty()
                                ? ""
                                : " " + new TreeSet<>(write.subjects().keySet()));
            case Step.Flip(var revision) -> "flip " + revision;
            case Step.AwaitGracePeriod wait -> "await";
            case Step.StorePeer(var store) -> "store " + store.address() + "=" + store.peer();
            case Step.StoreSlot store -> "slot " + store.slot().ifindex();
            case Step.SeedFlows(var slot, var namespace) -> "seed " + slot.ifindex();
            case Step.CloseSlot(var slot) -> "shut " + slot.ifindex();
            case Step.ClearSlot(var slot) -> "clear " + slot.ifindex();
            case Step.Attach(var link) -> "attach " + link.hook().program() + " " + link.ifindex();
            case Step.Detach(var link) -> "detach " + link.hook().program() + " " + link.ifindex();
            case Step.AttachSocket(var hook) -> hook.program();
            case Step.PutService(var service, var target) -> "service " + service.address();
            case Step.RemoveService(var service) -> "no service " + service.address();
            case Step.PutServiceNode(var address, var node) -> "node ports at " + address;
            case Step.RemoveServiceNode(var address) -> "no node ports at " + address;
            case Step.PutNodeAddress(var address) -> "host " + address;
            case Step.RemoveNodeAddress(var address) -> "no host " + address;
        };
    }

    private static Slot slot(String ifindex, boolean closed) {
        return new Slot(Integer.parseInt(ifindex), PodAddresses.of(Ipv4.parse("10.244.1." + ifindex)), "", closed);
    }

    /** Where the network namespace of device 9 lies is not known. */
    private static PodDevice pod(String ifindex, Subjects subjects) {
        return new PodDevice(slot(ifindex, false), subjects, ifindex.equals("9") ? null : "/run/netns/" + ifindex);
    }

    private static Image named(String name) {
        return name.equals("A") ? A : B;
    }

    private static List<String[]> words(String text) {
        return Stream.of(text.split(", "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.split(" "))
                .toList();
    }

    /** With one pod that accepts nothing. */
    private static Image image() {
        LocalEndpoint isolated = new LocalEndpoint("isolated", "shop", Map.of("app", "web"), List.of());
        return Compiler.compile(
                new NodeView(
                        Sentence.rules("web accepts nothing"),
                        List.of(isolated),
                        Map.of("shop", Map.of()),
                        Map.of(),
                        List.of(),
                        List.of()),
                new PeerNumbering(1024),
                Capacity.OF_THE_KERNEL_TABLES);
    }
}
