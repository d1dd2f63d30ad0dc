package dev.heddle.node;

import dev.heddle.node.apply.Applier;
import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.apply.ConntrackSweep;
import dev.heddle.node.apply.Counters;
import dev.heddle.node.apply.EventRing;
import dev.heddle.node.cni.CniServer;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.World;
import dev.heddle.node.events.DropLog;
import dev.heddle.node.events.FlowLog;
import dev.heddle.node.events.Naming;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.loop.NodeLoop;
import dev.heddle.node.loop.PodRequests;
import dev.heddle.node.loop.Round;
import dev.heddle.node.query.Answers;
import dev.heddle.node.query.Informed;
import dev.heddle.node.query.QueryServer;
import dev.heddle.node.report.HealthServer;
import dev.heddle.node.report.Metrics;
import dev.heddle.node.report.Publisher;
import dev.heddle.node.report.StartFailure;
import dev.heddle.node.services.ControlGroup;
import dev.heddle.node.source.AddressWatch;
import dev.heddle.node.source.Adoption;
import dev.heddle.node.source.HostDevices;
import dev.heddle.node.source.KeptWorld;
import dev.heddle.node.source.SetFiles;
import dev.heddle.node.source.SetReader;
import dev.heddle.node.source.Watches;
import dev.heddle.node.store.AttachmentFiles;
import dev.heddle.node.store.PlanFiles;
import dev.heddle.node.store.StateFolder;
import dev.heddle.node.store.WorldFile;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon's parts, put together. Each part has its own thread; only the loop's changes what is known. */
final class Daemon {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final long AUDIT_SECONDS = 30;
    private static final long SWEEP_SECONDS = 10;
    private static final long KEEP_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Settings settings;
    private final World world;
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final ScheduledExecutorService reader = executor("reader");
    private final ScheduledExecutorService writer = executor("writer");
    private final ScheduledExecutorService timer = executor("timer");
    private final AtomicInteger revision = new AtomicInteger();
    private final AtomicReference<@Nullable Duration> startup = new AtomicReference<>();

    private Daemon(Settings settings) {
        this.settings = settings;
        world = new World(settings.node());
    }

    /**
     * Starts everything; what an earlier daemon put into force stays until the first round is done.
     *
     * @throws KernelException when the kernel refuses what Heddle needs; the NodeState says so then
     */
    static Daemon start(Settings settings) throws IOException {
        Daemon daemon = new Daemon(settings);
        try {
            daemon.run();
        } catch (KernelException e) {
            StartFailure.report(daemon.client, settings.node(), String.valueOf(e.getMessage()));
            throw e;
        }
        return daemon;
    }

    /** Returns when the daemon has ended. */
    void await() throws InterruptedException {
        ended.await();
    }

    private void run() throws IOException {
        BpfKernel kernel = BpfKernel.adopt(settings.pins(), controlGroup());
        Path state = StateFolder.ofThisBoot(settings.state(), StateFolder.BOOT_ID);
        AttachmentFiles files = AttachmentFiles.in(state.resolve("attachments"));
        PlanFiles plans = PlanFiles.in(state.resolve("plans"));
        HostDevices devices = new HostDevices(HostDevices.SYSFS);
        Applier applier = new Applier(kernel);
        NodeLoop[] loop = new NodeLoop[1];
        SetFiles setFiles = SetFiles.in(state.resolve("sets"), client.getKubernetesSerialization());
        SetReader sets = new SetReader(client, reader, event -> loop[0].submit(event), setFiles);
        PodRequests requests = new PodRequests(devices, files, sets);
        Publisher publisher =
                new Publisher(settings.node(), client, writer, event -> loop[0].submit(event), BpfKernel.lacking());
        Adoption adoption = new Adoption(devices, files, settings.cniResults());
        DropLog drops = new DropLog(LOG::info, System::nanoTime);
        Counters counters = kernel.counters();
        FlowLog flows =
                new FlowLog(settings.node(), InstantSource.system(), System::nanoTime, plans::rules, counters::lost);
        Answers answers = new Answers(settings.node(), kernel.liveTables()::judge, plans::rules);
        Detachment detachment = new Detachment(settings, client, writer, ended::countDown);
        Composer composer = new Composer(world, settings.services());
        Watches watches = new Watches(settings.node(), event -> loop[0].submit(event));
        loop[0] = new NodeLoop(
                world,
                composer,
                applier,
                kernel.observe(),
                List.of(
                        new Chaining(settings),
                        detachment,
                        round -> watches.follow(round.world()),
                        requests,
                        publisher,
                        round -> keepPlan(plans, setFiles, round),
                        new Naming(composer, flows, drops),
                        new Informed(answers)));
        requests.connect(loop[0]::submit);
        loop[0].submit(adoption::fromFiles);
        AddressWatch.start(loop[0]::submit);
        Thread looping = Thread.ofPlatform().name("loop").start(loop[0]::run);
        KeptWorld kept = new KeptWorld(
                WorldFile.in(state.resolve("world")),
                client.getKubernetesSerialization(),
                watches,
                sets,
                loop[0]::submit);
        watches.announce(kept::change);
        watches.start(client, () -> loop[0].submit(adoption::fromRuntime));
        CniServer.listen(settings.state().resolve("cni.sock"), requests);
        QueryServer.listen(settings.state().resolve(QueryServer.SOCKET), answers, flows);
        tick(kernel, loop[0], adoption);
        keep(kept);
        EventRing events = kernel.events();
        var _ = timer.scheduleWithFixedDelay(
                guarded(
                        "reading events",
                        () -> events.drain(event -> {
                            drops.accept(event);
                            flows.accept(event);
                        })),
                100,
                100,
                TimeUnit.MILLISECONDS);
        Supplier<String> metrics = () -> Metrics.text(
                publisher.picture(),
                counters.read(),
                counters.lost(),
                flows.heard(),
                kernel.tableBytes(),
                startup.get());
        HealthServer.listen(
                settings.port(), looping::isAlive, () -> publisher.picture() != null && revision.get() > 0, metrics);
        if (settings.metricsPort() != 0) {
            var _ = HealthServer.serveMetrics(settings.metricsHost(), settings.metricsPort(), metrics);
        }
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            LOG.info("ending; revision {} stays in force", revision.get());
            ended.countDown();
        }));
    }

    private void tick(BpfKernel kernel, NodeLoop loop, Adoption adoption) {
        ConntrackSweep conntrack = kernel.conntrack();
        var _ = timer.scheduleWithFixedDelay(
                guarded("the audit", () -> {
                    loop.submit(AddressWatch::read);
                    loop.submit(adoption::fromRuntime);
                    loop.audit();
                }),
                2,
                AUDIT_SECONDS,
                TimeUnit.SECONDS);
        var _ = timer.scheduleWithFixedDelay(
                guarded("sweeping flows", conntrack::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        var _ = timer.scheduleWithFixedDelay(
                guarded("giving memory back", new IdleHeap(revision::get)),
                SWEEP_SECONDS,
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
    }

    /** When the API server has said nothing for so long, it is away. */
    private void keep(KeptWorld kept) {
        var _ = timer.schedule(guarded("remembering what is known", kept::remember), KEEP_SECONDS, TimeUnit.SECONDS);
        var _ = timer.scheduleWithFixedDelay(
                guarded("keeping what is known", kept::keep), KEEP_SECONDS, KEEP_SECONDS, TimeUnit.SECONDS);
    }

    private void keepPlan(PlanFiles plans, SetFiles sets, Round round) {
        var image = round.observed().image();
        if (image != null
                && revision.getAndSet(round.observed().revision())
                        != round.observed().revision()) {
            startup.compareAndSet(null, sinceStart());
            plans.write(round.observed().revision(), round.live().sets(), image.rules());
            sets.retain(set -> round.live().sets().containsValue(set)
                    || round.world().sets().names(set));
        }
    }

    private static Duration sinceStart() {
        Instant now = Instant.now();
        return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
    }

    private static Optional<Path> controlGroup() throws IOException {
        return ControlGroup.ofNode(
                Files.readAllLines(Path.of("/proc/self/mountinfo")), Files.readAllLines(Path.of("/proc/self/cgroup")));
    }

    private static Runnable guarded(String what, Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.warn("{} failed, will be tried again: {}", what, e.toString());
            }
        };
    }

    private static ScheduledExecutorService executor(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }
}
