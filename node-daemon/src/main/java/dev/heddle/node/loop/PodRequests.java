package dev.heddle.node.loop;

import dev.heddle.node.cni.Attachment;
import dev.heddle.node.cni.AttachmentId;
import dev.heddle.node.cni.CniErrorCode;
import dev.heddle.node.cni.CniOutcome;
import dev.heddle.node.cni.PodNetwork;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.node.log.About;
import dev.heddle.node.source.HostDevices;
import dev.heddle.node.source.SetReader;
import dev.heddle.node.store.AttachmentFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** CNI requests as events of the loop: each is answered after the round in which its condition holds. */
public final class PodRequests implements PodNetwork, Consumer<Round> {

    private static final Logger LOG = LoggerFactory.getLogger(PodRequests.class);
    /**
     * How long a pod waits for other nodes to be able to know it. It protects nobody, but its connections would be refused
     * until then; longer than this only while the API server is away.
     */
    private static final long PUBLICATION_MILLIS = 10_000;

    private final HostDevices devices;
    private final AttachmentFiles files;
    private final SetReader sets;
    private final Map<AttachmentId, Waiting> waiting = new LinkedHashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private Consumer<Consumer<World>> loop = event -> {
        throw new IllegalStateException("no loop yet");
    };

    /** An ADD that is not answered yet. */
    private static final class Waiting {
        private final PodInterface attached;
        private final CompletableFuture<CniOutcome> answer;
        private final Consumer<String> awaiting;
        private final long since = System.nanoTime();
        private String told = "";

        Waiting(PodInterface attached, CompletableFuture<CniOutcome> answer, Consumer<String> awaiting) {
            this.attached = attached;
            this.answer = answer;
            this.awaiting = awaiting;
        }

        Optional<String> missing(Round round) {
            boolean patient = round.world().isSynced()
                    && System.nanoTime() - since < TimeUnit.MILLISECONDS.toNanos(PUBLICATION_MILLIS);
            return patient ? Admission.awaits(attached, round) : Admission.awaitsPolicy(attached, round);
        }

        void tell(String missing) {
            if (!missing.equals(told)) {
                told = missing;
                awaiting.accept(missing);
            }
        }
    }

    private record Asked(java.util.function.Function<Round, CniOutcome> answer, CompletableFuture<CniOutcome> stage) {}

    public PodRequests(HostDevices devices, AttachmentFiles files, SetReader sets) {
        this.devices = devices;
        this.files = files;
        this.sets = sets;
    }

    /** Sends events there from now on. */
    public void connect(Consumer<Consumer<World>> to) {
        loop = to;
    }

    @Override
    public CompletionStage<CniOutcome> add(Attachment attachment, Consumer<String> awaiting) {
        Optional<PodInterface> attached = devices.resolve(attachment);
        if (attached.isEmpty()) {
            return CompletableFuture.completedFuture(CniOutcome.failed(
                    CniErrorCode.INVALID_CONFIG,
                    "prevResult names no veth on this node with an address in the pod; Heddle judges packets"
                            + " at the host side of a veth"));
        }
        CompletableFuture<CniOutcome> answer = new CompletableFuture<>();
        awaiting.accept("the daemon's turn");
        loop.accept(world -> {
            forgetBefore(world, attached.get());
            world.pods().attached(attached.get(), null);
            world.sets().lookAgain(attached.get().namespace());
            world.sets().lookAgain(Sets.CLUSTER_WIDE);
            Waiting before = waiting.put(attachment.id(), new Waiting(attached.get(), answer, awaiting));
            if (before != null) {
                before.answer.complete(CniOutcome.tryAgain("another request for the same interface came"));
            }
        });
        CompletableFuture.delayedExecutor(PUBLICATION_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> loop.accept(world -> {})); // has it looked at again
        return answer;
    }

    @Override
    public CompletionStage<CniOutcome> del(AttachmentId attachment) {
        CompletableFuture<CniOutcome> answer = new CompletableFuture<>();
        loop.accept(world -> {
            forget(world, attachment.toString());
            Waiting before = waiting.remove(attachment);
            if (before != null) {
                before.answer.complete(CniOutcome.tryAgain("the interface was deleted meanwhile"));
            }
            asked.add(new Asked(round -> CniOutcome.done(), answer));
        });
        return answer;
    }

    @Override
    public CompletionStage<CniOutcome> check(Attachment attachment) {
        return ask(round -> round.world()
                .pods()
                .attached(attachment.id().toString())
                .map(attached -> Admission.awaits(attached, round)
                        .map(missing -> CniOutcome.failed(CniErrorCode.NOT_PROTECTED, "missing: " + missing))
                        .orElse(CniOutcome.done()))
                .orElse(CniOutcome.failed(CniErrorCode.UNKNOWN_CONTAINER, attachment.id() + " is not known here")));
    }

    @Override
    public CompletionStage<CniOutcome> gc(Set<AttachmentId> valid) {
        Set<String> kept = valid.stream().map(AttachmentId::toString).collect(Collectors.toSet());
        CompletableFuture<CniOutcome> answer = new CompletableFuture<>();
        loop.accept(world -> {
            for (PodInterface attached : List.copyOf(world.pods().interfaces())) {
                if (!kept.contains(attached.id()) && !devices.isThere(attached)) {
                    forget(world, attached.id());
                }
            }
            asked.add(new Asked(round -> CniOutcome.done(), answer));
        });
        return answer;
    }

    @Override
    public CompletionStage<CniOutcome> status() {
        return ask(round -> round.observed().image() != null
                ? CniOutcome.done()
                : CniOutcome.failed(CniErrorCode.NOT_AVAILABLE, "no policy of this node is in force yet"));
    }

    /** After each round: looks what is fulfilled and says what is still awaited. */
    @Override
    public void accept(Round round) {
        asked.forEach(each -> each.stage().complete(each.answer().apply(round)));
        asked.clear();
        Set<AttachmentId> answered = new HashSet<>();
        waiting.forEach((id, request) -> {
            Optional<String> missing = request.missing(round);
            if (request.answer.isDone()) {
                answered.add(id);
            } else if (missing.isEmpty()) {
                round.world().pods().podOf(request.attached).ifPresent(pod -> files.write(request.attached, pod));
                try (About _ = About.object("Pod", request.attached.namespace(), request.attached.pod())) {
                    LOG.info("pod {}/{} is under policy", request.attached.namespace(), request.attached.pod());
                }
                request.answer.complete(CniOutcome.done());
                answered.add(id);
            } else {
                request.tell(missing.get());
            }
        });
        waiting.keySet().removeAll(answered);
        findSets(round.world());
    }

    /** A node's first pod, and a namespace's first pod on it, need not wait for the operator to notice. */
    private void findSets(World world) {
        if (world.isKnown()) {
            sets.want(world.sets().missing());
            world.pods().interfaces().stream()
                    .flatMap(attached -> Stream.of(attached.namespace(), Sets.CLUSTER_WIDE))
                    .distinct()
                    .filter(namespace -> !world.sets().knows(namespace))
                    .forEach(sets::find);
        }
    }

    /** Whose device is gone has no address any more, though nobody said DEL. */
    private void forgetBefore(World world, PodInterface now) {
        for (PodInterface before : List.copyOf(world.pods().interfaces())) {
            if (before.addresses().all().stream().anyMatch(now.addresses()::contains) && !devices.isThere(before)) {
                forget(world, before.id());
            }
        }
    }

    private void forget(World world, String id) {
        world.pods().detached(id).ifPresent(files::remove);
    }

    private CompletionStage<CniOutcome> ask(java.util.function.Function<Round, CniOutcome> answer) {
        CompletableFuture<CniOutcome> stage = new CompletableFuture<>();
        loop.accept(world -> asked.add(new Asked(answer, stage)));
        return stage;
    }
}
