package dev.heddle.node.apply;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Kernel;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.LinkState;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.kernel.SocketHook;
import dev.heddle.node.plan.Desired;
import dev.heddle.node.plan.Step;
import dev.heddle.policy.compile.Image;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does steps in order and keeps the account. A refused image ends the plan; any other refusal is its own only. */
public final class Applier {

    private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

    private final Kernel kernel;
    /** Refusals of the last plan: one that comes again with every try is said once. */
    private Set<String> said = Set.of();

    public Applier(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Reads back what is in force; the image, which the kernel cannot tell, is taken from before. */
    public Observed observe(Observed before) {
        Observed now = kernel.observe();
        if (before.image() != null && allCurrent(now)) {
            kernel.collect();
        }
        return new Observed(
                now.revision(),
                now.revision() == before.revision() ? before.image() : null,
                now.slots(),
                now.open(),
                now.links(),
                now.sockets(),
                now.services().equals(before.services()) ? before.services() : now.services(),
                now.nodeAddresses());
    }

    private static boolean allCurrent(Observed now) {
        return Stream.concat(now.links().values().stream(), now.sockets().values().stream())
                .allMatch(state -> state == LinkState.CURRENT);
    }

    public Applied apply(List<Step> steps, Desired desired, Observed observed) {
        Account account = new Account(observed);
        List<Applied.Failed> failures = new ArrayList<>();
        for (Step step : steps) {
            try {
                perform(step, account);
            } catch (RuntimeException e) {
                Applied.Failed failed = new Applied.Failed(step, refusal(e));
                failures.add(failed);
                if (failed.keepsRevision()) {
                    break;
                }
            }
        }
        say(failures);
        Observed after = account.toObserved();
        if (after.services().equals(desired.services())) {
            // The very object, so that the next plan need not compare.
            after = new Observed(
                    after.revision(),
                    after.image(),
                    after.slots(),
                    after.open(),
                    after.links(),
                    after.sockets(),
                    desired.services(),
                    after.nodeAddresses());
        }
        return new Applied(after, List.copyOf(failures));
    }

    /** Whatever goes wrong in a step is that step's and is reported as its refusal. */
    private static KernelException refusal(RuntimeException e) {
        return e instanceof KernelException refused
                ? refused
                : new KernelException("a fault of Heddle itself, please report it: " + e, e);
    }

    private void say(List<Applied.Failed> failures) {
        Set<String> now = new HashSet<>();
        for (Applied.Failed failed : failures) {
            String text = failed.step().getClass().getSimpleName() + ": "
                    + failed.why().getMessage();
            if (now.add(text) && !said.contains(text)) {
                LOG.warn(text, failed.why().getCause());
            }
        }
        said = now;
    }

    private void perform(Step step, Account account) {
        switch (step) {
            case Step.WriteImage write -> {
                kernel.writeStandby(write.image(), write.subjects(), write.revision());
                account.written = write;
            }
            case Step.Flip flip -> {
                kernel.flip(flip.revision());
                account.flipped(flip.revision());
                LOG.info("revision {} is live", flip.revision());
            }
            case Step.AwaitGracePeriod wait -> kernel.awaitGracePeriod();
            case Step.StorePeer(var store) -> kernel.storePeer(store);
            case Step.StoreSlot store -> {
                kernel.storeSlot(store.slot(), store.subjects(), store.image());
                account.slots.put(store.slot().ifindex(), store.slot());
                account.open.put(store.slot().ifindex(), OpenDirections.of(store.image(), store.subjects()));
            }
            case Step.SeedFlows(var slot, var namespace) -> kernel.seedFlows(slot, namespace);
            case Step.CloseSlot(var slot) -> {
                kernel.closeSlot(slot);
                account.slots.put(slot.ifindex(), slot.close());
            }
            case Step.ClearSlot(var slot) -> {
                kernel.clearSlot(slot);
                account.slots.remove(slot.ifindex());
            }
            case Step.Attach(var link) -> {
                kernel.attach(link);
                account.links.put(link, LinkState.CURRENT);
            }
            case Step.Detach(var link) -> {
                kernel.detach(link);
                account.links.remove(link);
            }
            case Step.AttachSocket(var hook) -> {
                kernel.attach(hook);
                account.sockets.put(hook, LinkState.CURRENT);
            }
            case Step.PutService(var service, var target) -> {
                kernel.putService(service, target);
                account.services.targets().put(service, target);
            }
            case Step.RemoveService(var service) -> {
                kernel.removeService(service);
                account.services.targets().remove(service);
            }
            case Step.PutServiceNode(var address, var node) -> {
                kernel.putServiceNode(address, node);
                account.services.nodes().put(address, node);
            }
            case Step.RemoveServiceNode(var address) -> {
                kernel.removeServiceNode(address);
                account.services.nodes().remove(address);
            }
            case Step.PutNodeAddress(var address) -> {
                kernel.putNodeAddress(address);
                account.nodeAddresses.add(address);
            }
            case Step.RemoveNodeAddress(var address) -> {
                kernel.removeNodeAddress(address);
                account.nodeAddresses.remove(address);
            }
        }
    }

    /** What is in force, while steps change it. */
    private static final class Account {
        private int revision;
        private @Nullable Image image;
        private Step.@Nullable WriteImage written;
        private final Map<Integer, Slot> slots;
        private final Map<Integer, OpenDirections> open;
        private final Map<DeviceLink, LinkState> links;
        private final Map<SocketHook, LinkState> sockets;
        private final Set<Address> nodeAddresses;
        private final ServiceAccount services;

        Account(Observed before) {
            services = new ServiceAccount(before.services());
            revision = before.revision();
            image = before.image();
            slots = new HashMap<>(before.slots());
            open = new HashMap<>(before.open());
            links = new HashMap<>(before.links());
            sockets = new HashMap<>(before.sockets());
            nodeAddresses = new HashSet<>(before.nodeAddresses());
        }

        void flipped(int to) {
            revision = to;
            Step.WriteImage now = Objects.requireNonNull(written, "a flip follows the image that it makes live");
            image = now.image();
            open.clear();
            now.subjects().forEach((ifindex, own) -> open.put(ifindex, OpenDirections.of(now.image(), own)));
        }

        Observed toObserved() {
            return new Observed(
                    revision,
                    image,
                    Map.copyOf(slots),
                    Map.copyOf(open),
                    Map.copyOf(links),
                    Map.copyOf(sockets),
                    services.toServices(),
                    Set.copyOf(nodeAddresses));
        }
    }
}
