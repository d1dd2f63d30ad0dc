package dev.heddle.operator.write;

import dev.heddle.crds.Api;
import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.operator.index.ClusterPolicyStatus;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.Note;
import dev.heddle.operator.index.PolicyStanding;
import dev.heddle.operator.index.ReportPlan;
import dev.heddle.operator.index.Transitions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes Heddle's conditions into ClusterNetworkPolicies, and the events of what changed in them. */
final class ClusterPolicyWriter {

    private final Applier applier;
    private final EventWriter events;

    ClusterPolicyWriter(Applier applier, EventWriter events) {
        this.applier = applier;
        this.events = events;
    }

    /**
     * Writes what differs. One policy whose status cannot be written holds up no other.
     *
     * @throws KubernetesClientException that of the last one that could not be written
     */
    void write(Index index, Instant now) {
        @Nullable KubernetesClientException failure = null;
        for (PolicyStanding standing : ReportPlan.standings(index, Api.CLUSTER_WIDE)) {
            try {
                write(index, standing, now);
            } catch (KubernetesClientException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void write(Index index, PolicyStanding standing, Instant now) {
        String name = standing.source().name();
        List<Condition> before = index.conditions(name);
        List<Condition> after = ClusterPolicyStatus.conditions(
                standing, before, now.truncatedTo(ChronoUnit.SECONDS).toString());
        if (ClusterPolicyStatus.ours(before).equals(after)) {
            return;
        }
        // Events first: a crash in between repeats them under the same names, which adds nothing.
        for (Note note : Transitions.between(before, standing)) {
            events.write(HasMetadata.getApiVersion(ClusterNetworkPolicy.class), Api.CLUSTER_WIDE, note, now);
        }
        ClusterNetworkPolicy policy = new ClusterNetworkPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
        policy.setStatus(new ClusterNetworkPolicyStatus(after));
        try {
            applier.applyStatus(policy);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
        index.conditions(name, ClusterPolicyStatus.replaced(before, after));
    }
}
