package dev.heddle.operator.install;

import dev.heddle.crds.Heddle;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.HeddleStatus.NodeCounts;
import dev.heddle.operator.index.Conditions;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far the installation is, from what the DaemonSet's controller says. */
final class InstallationStatus {

    private InstallationStatus() {}

    static HeddleStatus of(Heddle heddle, DaemonSet daemons, Instant now) {
        DaemonSetStatus observed = daemons.getStatus();
        // The controller has not looked at this generation yet: its counts are of an older one.
        boolean stale = observed == null
                || !Objects.equals(
                        observed.getObservedGeneration(), daemons.getMetadata().getGeneration());
        int desired = observed == null ? 0 : orZero(observed.getDesiredNumberScheduled());
        int ready = observed == null ? 0 : orZero(observed.getNumberReady());
        int updated = observed == null ? 0 : orZero(observed.getUpdatedNumberScheduled());
        boolean all = !stale && desired > 0 && ready == desired && updated == desired;
        Conditions conditions = new Conditions(
                heddle.getStatus() == null ? List.of() : heddle.getStatus().conditions(),
                now.truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.set(
                "Ready",
                all,
                all ? "AllNodesReady" : updated < desired ? "RollingOut" : "NodesNotReady",
                ready + " of " + desired + " node daemons are ready"
                        + (updated < desired ? ", " + updated + " of them are of this generation" : ""));
        return new HeddleStatus(
                Objects.requireNonNullElse(heddle.getMetadata().getGeneration(), 0L),
                new NodeCounts(ready, desired),
                conditions.list());
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
