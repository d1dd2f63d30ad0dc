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
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is said of a namespace's policies, or of the cluster-wide ones, at most every few seconds, and the events of
 * what changed in it.
 */
final class ReportWriter {

    private static final String NETWORK_POLICY = "networking.k8s.io/v1";
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Applier applier;
    private final EventWriter events;
    private final ClusterPolicyWriter clusterPolicies;
    private final Set<String> wanted = new TreeSet<>();
    private final Map<String, Instant> lastWrite = new HashMap<>();

    ReportWriter(Applier applier) {
        this.applier = applier;
        this.events = new EventWriter(applier);
        this.clusterPolicies = new ClusterPolicyWriter(applier, events);
    }

    void want(Collection<String> namespaces) {
        wanted.addAll(namespaces);
    }

    /** Takes the wanted reports whose pause is over. */
    Set<String> due(Instant now) {
        lastWrite.values().removeIf(last -> !last.plus(PAUSE).isAfter(now));
        Set<String> due = new TreeSet<>(wanted);
        due.removeAll(lastWrite.keySet());
        wanted.removeAll(due);
        return due;
    }

    void write(Index index, String namespace, Instant now) {
        if (namespace.equals(Api.CLUSTER_WIDE)) {
            lastWrite.put(namespace, now); // a look alone goes through the pods of many namespaces
            clusterPolicies.write(index, now);
        } else {
            report(index, namespace, now);
        }
    }

    private void report(Index index, String namespace, Instant now) {
        EnforcementReportStatus before = index.report(namespace);
        List<PolicyStanding> standings = ReportPlan.standings(index, namespace);
        if (standings.isEmpty() && before == null) {
            return;
        }
        EnforcementReportStatus status = ReportPlan.status(
                standings, before, now.truncatedTo(ChronoUnit.SECONDS).toString());
        if (status.equals(before)) {
            return;
        }
        lastWrite.put(namespace, now);
        try {
            if (standings.isEmpty()) {
                delete(namespace);
                index.putReport(namespace, null);
                return;
            }
            // Events first: a crash in between repeats them under the same names, which adds nothing.
            for (Note note : Transitions.between(before, standings)) {
                events.write(NETWORK_POLICY, namespace, note, now);
            }
            apply(namespace, before, status);
            index.putReport(namespace, status);
        } catch (KubernetesClientException e) {
            if (!isGoing(e)) {
                throw e;
            }
        }
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
