package dev.heddle.node;

import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.StatusPatch;
import dev.heddle.node.loop.Round;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of the node when the NodeState says so, once, and reports the condition {@code Detached}. When the NodeState
 * asks for the node again, the process ends: the next one begins with nothing, as there is.
 */
final class Detachment implements Consumer<Round> {

    private static final Logger LOG = LoggerFactory.getLogger(Detachment.class);

    private final Settings settings;
    private final KubernetesClient client;
    private final ScheduledExecutorService writer;
    private final Runnable end;
    private boolean done;

    /** @param end ends the process */
    Detachment(Settings settings, KubernetesClient client, ScheduledExecutorService writer, Runnable end) {
        this.settings = settings;
        this.client = client;
        this.writer = writer;
        this.end = end;
    }

    @Override
    public void accept(Round round) {
        if (round.world().isDetaching() && !done) {
            done = true;
            Main.detach(settings);
            long generation = round.world().nodeStateGeneration();
            writer.execute(() -> report(generation));
        } else if (done && !round.world().isDetaching()) {
            LOG.info("this node is wanted again; the next process takes it");
            end.run();
        }
    }

    private void report(long generation) {
        NodeStateStatus status = new NodeStateStatus(
                generation,
                0,
                0,
                0,
                List.of(),
                0,
                List.of(),
                List.of(),
                List.of(new ConditionBuilder()
                        .withType("Detached")
                        .withStatus("True")
                        .withReason("Uninstalled")
                        .withMessage("no program of Heddle is left on this node")
                        .withObservedGeneration(generation)
                        .withLastTransitionTime(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                        .build()));
        try {
            StatusPatch.write(client, NodeState.class, settings.node(), status);
        } catch (KubernetesClientException e) {
            LOG.warn("that this node let go could not be reported, will be again: {}", e.getMessage());
            var _ = writer.schedule(() -> report(generation), 1, TimeUnit.SECONDS);
        }
    }
}
