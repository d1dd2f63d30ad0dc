package dev.heddle.operator.write;

import dev.heddle.operator.index.Dirty;
import dev.heddle.operator.index.Index;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One round of writing: sets, then the node states that name them, then reports. What fails is tried again after
 * a moment and holds up nothing else.
 */
public final class Pass {

    private static final Logger LOG = Logger.getLogger(Pass.class);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final SetWriter sets;
    private final NodeWriter nodes;
    private final ReportWriter reports;
    private final Collector collector;
    private final List<Retry> retries = new ArrayList<>();

    public Pass(Applier applier, Grace grace) {
        this.sets = new SetWriter(applier);
        this.nodes = new NodeWriter(applier);
        this.reports = new ReportWriter(applier);
        this.collector = new Collector(applier, grace);
    }

    void run(Index index, Instant now) {
        retries.removeIf(retry -> {
            boolean due = !retry.at().isAfter(now);
            if (due) {
                retry.what().accept(index);
            }
            return due;
        });
        for (String namespace : index.stale().drainNamespaces()) {
            attempt(
                    "policy set of namespace " + namespace,
                    now,
                    i -> sets.write(i, namespace),
                    index,
                    i -> i.stale().namespace(namespace));
        }
        Dirty dirty = index.stale().drain();
        for (String node : dirty.nodes()) {
            attempt(
                    "NodeState " + node,
                    now,
                    i -> nodes.write(i, node),
                    index,
                    i -> i.stale().node(node));
        }
        reports.want(dirty.reports());
        for (String namespace : reports.due(now)) {
            attempt(
                    "report of namespace " + namespace,
                    now,
                    i -> reports.write(i, namespace, now),
                    index,
                    i -> i.stale().report(namespace));
        }
        // A write that was refused shows up here as a namespace that is dirty again.
        dirty.namespaces().forEach(index.stale()::namespace);
        collector.run(index, now);
    }

    private void attempt(String what, Instant now, Consumer<Index> write, Index index, Consumer<Index> again) {
        try {
            write.accept(index);
        } catch (KubernetesClientException e) {
            boolean conflict = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
            if (conflict) {
                LOG.debugf("%s changed meanwhile; once more", what);
            } else {
                LOG.warnf("%s was not written, will try again: %s", what, e.getMessage());
            }
            retries.add(new Retry(now.plus(conflict ? AFTER_CONFLICT : AFTER_FAILURE), again));
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s could not be worked out, will try again", what);
            retries.add(new Retry(now.plus(AFTER_FAILURE), again));
        }
    }

    private record Retry(Instant at, Consumer<Index> what) {}
}
