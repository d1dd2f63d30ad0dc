package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Metrics;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** Tries what failed again after a moment, says so, and counts it by kind and cause. */
final class Retries {

    private static final Logger LOG = Logger.getLogger(Retries.class);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Agenda agenda;

    Retries(Agenda agenda) {
        this.agenda = agenda;
    }

    /**
     * Marks it stale later.
     *
     * @param name a node's, or that of the namespace whose object it is
     */
    void after(RuntimeException why, String kind, String name, Instant now, BiConsumer<Index, String> stale) {
        boolean conflict = isConflict(why);
        boolean refused = why instanceof KubernetesClientException;
        try (About _ = kind.equals("NodeState")
                ? About.object(kind, null, name, null)
                : About.object(kind, name, null, null)) {
            if (conflict) {
                LOG.debugf("%s of %s changed meanwhile; once more", kind, name);
            } else if (refused) {
                LOG.warnf("%s of %s was not written, will try again: %s", kind, name, why.getMessage());
            } else {
                LOG.errorf(why, "%s of %s could not be worked out, will try again", kind, name);
            }
        }
        Metrics.counter(
                        "heddle.operator.retries",
                        "kind",
                        kind,
                        "cause",
                        conflict ? "conflict" : refused ? "refused" : "failed")
                .increment();
        agenda.at(now.plus(conflict ? AFTER_CONFLICT : AFTER_FAILURE), index -> stale.accept(index, name));
    }

    static boolean isConflict(RuntimeException why) {
        return why instanceof KubernetesClientException e && e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }
}
