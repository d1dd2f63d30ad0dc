package dev.heddle.operator.write;

import dev.heddle.operator.index.Dirty;
import dev.heddle.operator.index.Index;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One round of writing: sets, then the node states that name them, many at a time. Reports and collections are only begun
 * here, so that no policy waits for what is said of another. What fails is tried again after a moment and holds up nothing
 * else.
 */
public final class Pass implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Pass.class);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /** Enough to keep an API server's processors busy, and few beside the 600 that it serves at a time. */
    private static final int AT_A_TIME = 16;

    private final SetWriter sets;
    private final NodeWriter nodes;
    private final ReportWriter reports;
    private final Collector collector;
    private final Requests requests = new Requests(AT_A_TIME);
    private final Background background = new Background();
    private final List<Retry> retries = new ArrayList<>();

    public Pass(Applier applier, Grace grace) {
        this.sets = new SetWriter(applier);
        this.nodes = new NodeWriter(applier);
        this.reports = new ReportWriter(applier);
        this.collector = new Collector(applier, grace);
    }

    void run(Index index, Instant now) throws InterruptedException {
        background.takeInto(index);
        retries.removeIf(retry -> {
            boolean due = !retry.at().isAfter(now);
            if (due) {
                retry.what().accept(index);
            }
            return due;
        });
        write(
                index.stale().drainNamespaces(),
                "PolicySet",
                now,
                index,
                namespace -> sets.plan(index, namespace),
                index.stale()::namespace);
        Dirty dirty = index.stale().drain();
        write(dirty.nodes(), "NodeState", now, index, node -> nodes.plan(index, node), index.stale()::node);
        reports.want(dirty.reports(), now);
        for (String namespace : reports.due(now)) {
            begin(
                    namespace,
                    now,
                    () -> reports.plan(index, namespace, now),
                    () -> reports.done(namespace),
                    i -> i.stale().report(namespace));
        }
        // A write that was refused shows up here as a namespace that is dirty again.
        dirty.namespaces().forEach(index.stale()::namespace);
        collector.run(index, now, background);
    }

    /** Plans all of them, sends what is planned, and waits for the answers. */
    private void write(
            Collection<String> names,
            String kind,
            Instant now,
            Index index,
            Function<String, @Nullable Write> plan,
            Consumer<String> stale)
            throws InterruptedException {
        List<Sent> sent = new ArrayList<>();
        for (String name : names) {
            try {
                Write write = plan.apply(name);
                if (write != null) {
                    sent.add(new Sent(name, requests.submit(write)));
                }
            } catch (RuntimeException e) {
                again(kind, name, e, now, i -> stale.accept(name));
            }
        }
        for (Sent one : sent) {
            try {
                one.outcome().get().takeInto(index);
            } catch (ExecutionException e) {
                again(kind, one.name(), e.getCause(), now, i -> stale.accept(one.name()));
            } catch (RuntimeException e) {
                again(kind, one.name(), e, now, i -> stale.accept(one.name()));
            }
        }
    }

    private void begin(String namespace, Instant now, PlanOne plan, Runnable done, Consumer<Index> stale) {
        try {
            Write write = plan.plan();
            if (write == null) {
                done.run();
                return;
            }
            background.begin(write, (index, failure) -> {
                done.run();
                if (failure != null) {
                    again("EnforcementReport", namespace, failure, now, stale);
                }
            });
        } catch (RuntimeException e) {
            done.run();
            again("EnforcementReport", namespace, e, now, stale);
        }
    }

    /** Tries it again later; the name is a node's, or that of the namespace whose object it is. */
    private void again(String kind, String name, @Nullable Throwable why, Instant now, Consumer<Index> stale) {
        boolean conflict = why instanceof KubernetesClientException e && e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        try (About _ = kind.equals("NodeState")
                ? About.object(kind, null, name, null)
                : About.object(kind, name, null, null)) {
            if (conflict) {
                LOG.debugf("%s of %s changed meanwhile; once more", kind, name);
            } else if (why instanceof KubernetesClientException) {
                LOG.warnf("%s of %s was not written, will try again: %s", kind, name, why.getMessage());
            } else {
                LOG.errorf(why, "%s of %s could not be worked out, will try again", kind, name);
            }
        }
        retries.add(new Retry(now.plus(conflict ? AFTER_CONFLICT : AFTER_FAILURE), stale));
    }

    @Override
    public void close() {
        requests.close();
        background.close();
    }

    private interface PlanOne {
        @Nullable
        Write plan();
    }

    private record Sent(String name, Future<Outcome> outcome) {}

    private record Retry(Instant at, Consumer<Index> what) {}
}
