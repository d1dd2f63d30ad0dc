package dev.heddle.node.netns;

import static dev.heddle.node.desired.Told.told;

import dev.heddle.node.apply.Applied;
import dev.heddle.node.apply.Applier;
import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.apply.Counters;
import dev.heddle.node.apply.DeviceAttachment;
import dev.heddle.node.apply.EventRing;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.node.events.DropLog;
import dev.heddle.node.events.FlowLog;
import dev.heddle.node.events.Naming;
import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Backend;
import dev.heddle.node.kernel.Kernel;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.loop.Round;
import dev.heddle.node.plan.Desired;
import dev.heddle.node.plan.Planner;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Enforceable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The daemon without an API server: knows the two pods and one policy at a time. */
final class SmallDaemon implements AutoCloseable {

    private final World world = new World("one");
    private final Composer composer;
    private final BpfKernel kernel;
    private final FlowLog flows;
    private final Naming naming;
    private final Applier applier;
    private Observed observed;
    private long generation;

    SmallDaemon(Path pins) {
        this(pins, kernel -> kernel);
    }

    /** @param port what stands between the daemon and its kernel */
    SmallDaemon(Path pins, UnaryOperator<Kernel> port) {
        this(pins, Optional.empty(), port);
    }

    /** Attached to devices in this way, whatever this kernel has. */
    SmallDaemon(Path pins, DeviceAttachment attachment) {
        this(BpfKernel.adopt(pins, Optional.empty(), attachment), false, kernel -> kernel);
    }

    /** @param group a control group whose sockets' service addresses are translated */
    SmallDaemon(Path pins, Optional<Path> group, UnaryOperator<Kernel> port) {
        this(BpfKernel.adopt(pins, group), group.isPresent(), port);
    }

    private SmallDaemon(BpfKernel kernel, boolean services, UnaryOperator<Kernel> port) {
        this.kernel = kernel;
        composer = new Composer(world, services);
        flows = new FlowLog(
                "one", InstantSource.system(), System::nanoTime, revision -> List.of(), kernel.counters()::lost);
        naming = new Naming(composer, flows, new DropLog(line -> {}, System::nanoTime));
        applier = new Applier(port.apply(kernel));
        observed = kernel.observe();
        world.peers().namespace("shop", Map.of());
        world.peers().ranges("one", List.of(Cidr.parse("10.199.77.0/24"), Cidr.parse("fd00:199:77::/64")));
        knows(TwoPods.A);
        knows(TwoPods.B);
        world.synced();
    }

    /** A pod with the label {@code app}, and its device as it is now. */
    void knows(TwoPods.Pod pod) {
        OwnPod known = new OwnPod(
                "shop", pod.name(), "uid-" + pod.name(), Map.of("app", pod.name()), List.of(), "", false, false);
        world.pods().pod(known);
        world.pods().attached(pod.attached(), known);
    }

    void forgets(TwoPods.Pod pod) {
        world.pods().podGone("shop", pod.name(), "uid-" + pod.name());
        world.pods().detached("sandbox-" + pod.name() + "/eth0");
    }

    /** Puts these rules into force, and nothing else. @return the live revision */
    int enforce(List<Rule> rules) {
        generation++;
        String set = "set" + generation;
        told(world, generation, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", set));
        world.sets().loaded(set, new Enforceable(rules, List.of()));
        return settle();
    }

    /** Has the kernel follow what became known. @return the live revision */
    int settle() {
        Desired desired = composer.compose().orElseThrow();
        Applied applied = applier.apply(Planner.plan(desired, observed), desired, observed);
        if (!applied.failures().isEmpty()) {
            throw new IllegalStateException(applied.failures().getFirst().why());
        }
        composer.stored();
        observed = applied.observed();
        naming.accept(new Round(world, observed, composer.cut(), List.of()));
        return observed.revision();
    }

    /** Has the programs lead a service there, until an audit. */
    void leads(ServiceAddress service, Backend... backends) {
        kernel.putService(service, ServiceTarget.of(List.of(backends)));
    }

    /** This node's own addresses from the next policy on. */
    void nodeAddresses(String... addresses) {
        world.nodeAddresses(Stream.of(addresses).map(Address::parse).collect(Collectors.toSet()));
    }

    /** What the daemon knows; {@link #settle} puts changes of it into force. */
    World world() {
        return world;
    }

    /** Reads back what is in force, as the daemon does from time to time. */
    void audit() {
        observed = applier.observe(observed);
    }

    /** Packets dropped for this reason so far, in both directions. */
    long dropped(DropReason reason) {
        return kernel.counters().read().stream()
                .filter(count -> count.reason().equals(reason.name().toLowerCase(Locale.ROOT)))
                .mapToLong(Counters.Count::packets)
                .sum();
    }

    EventRing events() {
        return kernel.events();
    }

    /** What it tells of flows whose records are given to it. */
    FlowLog flows() {
        return flows;
    }

    /** The live policy's rule of this number. */
    Rule rule(int number) {
        return Objects.requireNonNull(Objects.requireNonNull(observed.image()).rule(number), "no rule decided");
    }

    @Override
    public void close() {
        kernel.close();
    }

    /**
     * As a process that can be killed: takes names of policies, answers each with the live revision.
     *
     * @param arguments the folder of pins; the way to attach, if not the kernel's best
     */
    public static void main(String... arguments) throws IOException {
        DeviceAttachment attachment =
                arguments.length > 1 ? DeviceAttachment.valueOf(arguments[1]) : DeviceAttachment.ofKernel();
        try (SmallDaemon daemon = new SmallDaemon(Path.of(arguments[0]), attachment);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String name = in.readLine(); name != null; name = in.readLine()) {
                System.out.println("live " + daemon.enforce(TestPolicies.named(name)));
            }
        }
    }
}
