package dev.heddle.node.rehearsal;

import dev.heddle.node.apply.Applier;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.World;
import dev.heddle.node.events.FlowLog;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.loop.NodeLoop;
import dev.heddle.node.loop.PodRequests;
import dev.heddle.node.loop.Round;
import dev.heddle.node.report.HealthServer;
import dev.heddle.node.report.Metrics;
import dev.heddle.node.report.Publisher;
import dev.heddle.node.source.AddressWatch;
import dev.heddle.node.source.HostDevices;
import dev.heddle.node.source.SetFiles;
import dev.heddle.node.source.SetReader;
import dev.heddle.node.source.Watches;
import dev.heddle.node.store.AttachmentFiles;
import dev.heddle.node.store.PlanFiles;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The daemon's parts as a start puts them together, over a kernel that does nothing, until a policy would be live. */
final class DaemonRehearsal {
    private final KubernetesClient client;
    private final PlanFiles plans;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final PodRequests requests;
    private final Publisher publisher;
    private final NodeLoop loop;
    private final Watches watches;
    private final CountDownLatch live = new CountDownLatch(1);

    DaemonRehearsal(KubernetesClient client, Path state) {
        this.client = client;
        plans = PlanFiles.in(state.resolve("plans"));
        World world = new World(Props.NODE);
        NodeLoop[] own = new NodeLoop[1];
        requests = new PodRequests(
                new HostDevices(state),
                AttachmentFiles.in(state.resolve("attachments")),
                new SetReader(
                        client,
                        reader,
                        event -> own[0].submit(event),
                        SetFiles.in(state.resolve("sets"), client.getKubernetesSerialization())));
        publisher = new Publisher(Props.NODE, client, writer, event -> own[0].submit(event), List.of());
        watches = new Watches(Props.NODE, event -> own[0].submit(event));
        loop = new NodeLoop(
                world,
                new Composer(world, true),
                new Applier(new NoKernel()),
                Observed.NOTHING,
                List.of(round -> watches.follow(round.world()), requests, publisher, this::see));
        own[0] = loop;
        requests.connect(loop::submit);
    }

    void run() throws InterruptedException {
        loop.submit(AddressWatch::read);
        loop.submit(world -> world.pods().attached(Props.attachedPod(), null));
        Thread.ofPlatform().name("loop").daemon().start(loop::run);
        try (watches;
                HealthServer _ = HealthServer.listen(
                        0,
                        () -> true,
                        () -> true,
                        () -> Metrics.text(
                                publisher.picture(), List.of(), List.of(), FlowLog.Heard.NOTHING, 0, null))) {
            watches.start(client, () -> {});
            if (!live.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no policy went live in the rehearsal");
            }
        }
        loop.stop();
        for (ScheduledExecutorService executor : List.of(reader, writer)) {
            executor.shutdown(); // after what it has to do
            executor.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private void see(Round round) {
        var image = round.observed().image();
        if (image != null && !image.rules().isEmpty() && live.getCount() > 0) {
            plans.write(round.observed().revision(), round.live().sets(), image.rules());
            live.countDown();
        }
    }
}
