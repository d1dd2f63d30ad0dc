package dev.heddle.operator.write;

import dev.heddle.crds.Api;
import dev.heddle.crds.EnforcementReport;
import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.Note;
import dev.heddle.operator.index.PolicyStanding;
import dev.heddle.operator.index.ReportPlan;
import dev.heddle.operator.index.Transitions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is said of a namespace's policies, or of the cluster-wide ones, at most every few seconds, and the events of
 * what changed in it.
 */
final class ReportWriter {

    private static final String NETWORK_POLICY = "networking.k8s.io/v1";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** A new pod's node usually enforces within this time; what is said then need not be taken back. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private final Applier applier;
    private final InstantSource wall;
    private final EventWriter events;
    private final ClusterPolicyWriter clusterPolicies;
    /** Since when. */
    private final Map<String, Instant> wanted = new TreeMap<>();

    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Instant> lastWrite = new HashMap<>();

    /** @param wall the time of events and of conditions; when a report is due is told by the clock of the pass */
    ReportWriter(Applier applier, InstantSource wall) {
        this.applier = applier;
        this.wall = wall;
        this.events = new EventWriter(applier, wall);
        this.clusterPolicies = new ClusterPolicyWriter(applier, events, wall);
    }

    void want(Collection<String> namespaces, Instant now) {
        namespaces.forEach(namespace -> wanted.putIfAbsent(namespace, now));
    }

    /**
     * Takes the wanted reports that have settled, whose pause is over, and of which none is under way; each is under way from
     * here on until it is {@link #done}.
     */
    List<String> due(Instant now) {
        lastWrite.values().removeIf(last -> !last.plus(PAUSE).isAfter(now));
        List<String> due = wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().plus(SETTLE).isAfter(now))
                .map(Map.Entry::getKey)
                .filter(namespace -> !lastWrite.containsKey(namespace) && !underWay.contains(namespace))
                .toList();
        due.forEach(wanted::remove);
        underWay.addAll(due);
        return due;
    }

    void done(String namespace) {
        underWay.remove(namespace);
    }

    /** What must be written about the namespace; null: nothing. */
    @Nullable
    Write plan(Index index, String namespace, Instant now) {
        if (namespace.equals(Api.CLUSTER_WIDE)) {
            lastWrite.put(namespace, now); // a look alone goes through the pods of many namespaces
            return clusterPolicies.plan(index);
        }
        return report(index, namespace, now);
    }

    private @Nullable Write report(Index index, String namespace, Instant now) {
        EnforcementReportStatus before = index.report(namespace);
        List<PolicyStanding> standings = ReportPlan.standings(index, namespace);
        if (standings.isEmpty() && before == null) {
            return null;
        }
        EnforcementReportStatus status = ReportPlan.status(
                standings,
                before,
                wall.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (status.equals(before)) {
            return null;
        }
        lastWrite.put(namespace, now);
        if (standings.isEmpty()) {
            return unlessGoing(() -> {
                delete(namespace);
                return written -> written.putReport(namespace, null);
            });
        }
        List<Note> notes = Transitions.between(before, standings);
        return unlessGoing(() -> {
            // Events first: a crash in between repeats them under the same names, which adds nothing.
            for (Note note : notes) {
                events.write(NETWORK_POLICY, namespace, note);
            }
            apply(namespace, before, status);
            return written -> written.putReport(namespace, status);
        });
    }

    private static Write unlessGoing(Write write) {
        return () -> {
            try {
                return write.send();
            } catch (KubernetesClientException e) {
                if (!isGoing(e)) {
                    throw e;
                }
                return index -> {};
            }
        };
    }

    private void apply(String namespace, @Nullable EnforcementReportStatus before, EnforcementReportStatus status) {
        EnforcementReport report = new EnforcementReport();
        report.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(EnforcementReport.NAME)
                .build());
        if (before == null) {
            applier.apply(report);
        }
        report.setStatus(status);
        applier.applyStatus(report);
    }

    private void delete(String namespace) {
        applier.client()
                .resources(EnforcementReport.class)
                .inNamespace(namespace)
                .withName(EnforcementReport.NAME)
                .delete();
    }

    /** Whether the namespace is gone or on its way; nothing can be created in it then. */
    private static boolean isGoing(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                || (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                        && String.valueOf(e.getMessage()).contains("being terminated"));
    }
}
