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
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes Heddle's conditions into ClusterNetworkPolicies, and the events of what changed in them. */
final class ClusterPolicyWriter {

    private final Applier applier;
    private final EventWriter events;
    private final InstantSource wall;

    ClusterPolicyWriter(Applier applier, EventWriter events, InstantSource wall) {
        this.applier = applier;
        this.events = events;
        this.wall = wall;
    }

    /**
     * What must be written where conditions differ; null: nothing. One policy whose status cannot be written holds up no
     * other; the failure of the last such is thrown by the write after all were tried.
     */
    @Nullable
    Write plan(Index index) {
        List<Write> writes = new ArrayList<>();
        for (PolicyStanding standing : ReportPlan.standings(index, Api.CLUSTER_WIDE)) {
            Write write = plan(index, standing);
            if (write != null) {
                writes.add(write);
            }
        }
        return writes.isEmpty() ? null : () -> all(writes);
    }

    private static Outcome all(List<Write> writes) {
        List<Outcome> outcomes = new ArrayList<>();
        @Nullable KubernetesClientException failure = null;
        for (Write write : writes) {
            try {
                outcomes.add(write.send());
            } catch (KubernetesClientException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return index -> outcomes.forEach(outcome -> outcome.takeInto(index));
    }

    private @Nullable Write plan(Index index, PolicyStanding standing) {
        String name = standing.source().name();
        List<Condition> before = index.conditions(name);
        List<Condition> after = ClusterPolicyStatus.conditions(
                standing, before, wall.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (ClusterPolicyStatus.ours(before).equals(after)) {
            return null;
        }
        List<Note> notes = Transitions.between(before, standing);
        return () -> {
            // Events first: a crash in between repeats them under the same names, which adds nothing.
            for (Note note : notes) {
                events.write(HasMetadata.getApiVersion(ClusterNetworkPolicy.class), Api.CLUSTER_WIDE, note);
            }
            applyStatus(name, after);
            return written -> written.conditions(name, ClusterPolicyStatus.replaced(before, after));
        };
    }

    private void applyStatus(String name, List<Condition> conditions) {
        ClusterNetworkPolicy policy = new ClusterNetworkPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
        policy.setStatus(new ClusterNetworkPolicyStatus(conditions));
        try {
            applier.applyStatus(policy);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
