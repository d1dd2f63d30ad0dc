package dev.heddle.node.plan;

import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.LinkState;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.kernel.SocketHook;
import dev.heddle.node.plan.Desired.PodDevice;
import dev.heddle.policy.compile.Subjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plans the way from what is in force to what should be.
 *
 * <p>The order keeps every prefix of the list safe: what is gone is taken away first; tables are live before a new
 * device gets its slot, and the slot is there before a program looks for it; a service is set before the hooks that
 * translate it. A device whose pod is not known is closed, never detached.
 *
 * <p>A revision that closes a direction of a pod asks who began each connection. Conntrack forgets idle ones while
 * nothing asks, and knows none that are older than Heddle; so the pod's sockets are read just before such a direction
 * closes, and only then.
 */
public final class Planner {

    private static final Comparator<DeviceLink> BY_DEVICE =
            Comparator.comparingInt(DeviceLink::ifindex).thenComparing(DeviceLink::hook);

    private final Desired desired;
    private final Observed observed;
    private final List<Step> steps = new ArrayList<>();

    private Planner(Desired desired, Observed observed) {
        this.desired = desired;
        this.observed = observed;
    }

    /** The steps, in order; none when all is well. */
    public static List<Step> plan(Desired desired, Observed observed) {
        Planner planner = new Planner(desired, observed);
        planner.removeGone();
        planner.nodeAddresses();
        planner.image();
        planner.devices();
        planner.strangers();
        planner.services();
        return List.copyOf(planner.steps);
    }

    private void removeGone() {
        observed.links().entrySet().stream()
                .filter(link -> link.getValue() == LinkState.SEVERED)
                .map(Map.Entry::getKey)
                .sorted(BY_DEVICE)
                .forEach(link -> steps.add(new Step.Detach(link)));
        // The next image has no subjects for a pod that is not known.
        for (Slot slot : sorted(observed.slots())) {
            if (desired.pods().containsKey(slot.ifindex())) {
                continue;
            }
            if (isGone(slot.ifindex())) {
                steps.add(new Step.ClearSlot(slot));
            } else if (!slot.closed()) {
                steps.add(new Step.CloseSlot(slot));
            }
        }
    }

    /** No program of ours is left there, so nobody asks for the slot any more. */
    private boolean isGone(int ifindex) {
        for (Hook hook : Hook.values()) {
            LinkState state = observed.links().get(new DeviceLink(ifindex, hook));
            if (state != null && state != LinkState.SEVERED) {
                return false;
            }
        }
        return true;
    }

    private void nodeAddresses() {
        observed.nodeAddresses().stream()
                .filter(address -> !desired.nodeAddresses().contains(address))
                .sorted()
                .forEach(address -> steps.add(new Step.RemoveNodeAddress(address)));
        desired.nodeAddresses().stream()
                .filter(address -> !observed.nodeAddresses().contains(address))
                .sorted()
                .forEach(address -> steps.add(new Step.PutNodeAddress(address)));
    }

    private void image() {
        if (observed.image() == desired.image()) {
            desired.peers().forEach(store -> steps.add(new Step.StorePeer(store)));
            return;
        }
        Map<Integer, Subjects> subjects = new TreeMap<>();
        desired.pods().forEach((ifindex, pod) -> subjects.put(ifindex, pod.subjects()));
        int next = observed.revision() + 1;
        steps.add(new Step.WriteImage(desired.image(), Map.copyOf(subjects), next));
        inOrder(desired.pods()).filter(this::hasSlot).forEach(this::seedIfClosing);
        steps.add(new Step.Flip(next));
        steps.add(new Step.AwaitGracePeriod());
        // Peers that changed hands while the image was compiled.
        desired.peers().forEach(store -> steps.add(new Step.StorePeer(store)));
    }

    /**
     * Every slot comes before any program that judges by it: where a packet arrives, its sender's slot is asked for too, while
     * the sender's own device still has programs of another layout.
     */
    private void devices() {
        inOrder(desired.pods())
                .filter(this::needsSlot)
                .forEach(pod -> steps.add(new Step.StoreSlot(pod.slot(), pod.subjects(), desired.image())));
        inOrder(desired.pods()).forEach(pod -> {
            if (needsSlot(pod) && (!hasSlot(pod) || observed.image() == desired.image())) {
                seedIfClosing(pod);
            }
            for (Hook hook : Hook.values()) {
                DeviceLink link = new DeviceLink(pod.slot().ifindex(), hook);
                if (observed.links().get(link) != LinkState.CURRENT) {
                    steps.add(new Step.Attach(link));
                }
            }
        });
    }

    private boolean needsSlot(PodDevice pod) {
        return !pod.slot().equals(observed.slots().get(pod.slot().ifindex()));
    }

    private boolean hasSlot(PodDevice pod) {
        return observed.slots().containsKey(pod.slot().ifindex());
    }

    /** By these tables: programs of another build may have judged by others meanwhile, and these say nothing of that. */
    private boolean isJudged(PodDevice pod) {
        int ifindex = pod.slot().ifindex();
        return hasSlot(pod)
                && Stream.of(Hook.values())
                        .allMatch(hook -> observed.links().get(new DeviceLink(ifindex, hook)) == LinkState.CURRENT);
    }

    private void seedIfClosing(PodDevice pod) {
        OpenDirections before = isJudged(pod)
                ? observed.open().getOrDefault(pod.slot().ifindex(), OpenDirections.BOTH)
                : OpenDirections.BOTH;
        if (pod.namespace() != null && before.closesTo(OpenDirections.of(desired.image(), pod.subjects()))) {
            steps.add(new Step.SeedFlows(pod.slot(), pod.namespace()));
        }
    }

    /** Devices whose pod is not known run the current programs too. */
    private void strangers() {
        observed.links().entrySet().stream()
                .filter(link -> link.getValue() == LinkState.OUTDATED)
                .map(Map.Entry::getKey)
                .filter(link -> !desired.pods().containsKey(link.ifindex()))
                .sorted(BY_DEVICE)
                .forEach(link -> steps.add(new Step.Attach(link)));
    }

    private void services() {
        if (!desired.services().equals(observed.services())) {
            changes(
                    desired.services().nodes(),
                    observed.services().nodes(),
                    Step.RemoveServiceNode::new,
                    Step.PutServiceNode::new);
            changes(
                    desired.services().targets(),
                    observed.services().targets(),
                    Step.RemoveService::new,
                    Step.PutService::new);
        }
        if (desired.translateServices()) {
            for (SocketHook hook : SocketHook.values()) {
                if (observed.sockets().get(hook) != LinkState.CURRENT) {
                    steps.add(new Step.AttachSocket(hook));
                }
            }
        }
    }

    private <K, V> void changes(
            Map<K, V> wanted, Map<K, V> there, Function<K, Step> remove, BiFunction<K, V, Step> put) {
        there.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(key -> steps.add(remove.apply(key)));
        wanted.forEach((key, value) -> {
            if (!value.equals(there.get(key))) {
                steps.add(put.apply(key, value));
            }
        });
    }

    private static Stream<PodDevice> inOrder(Map<Integer, PodDevice> pods) {
        return new TreeMap<>(pods).values().stream();
    }

    private static List<Slot> sorted(Map<Integer, Slot> slots) {
        return slots.values().stream()
                .sorted(Comparator.comparingInt(Slot::ifindex))
                .toList();
    }
}
