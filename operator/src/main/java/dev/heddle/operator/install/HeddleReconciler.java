package dev.heddle.operator.install;

import dev.heddle.crds.Heddle;
import dev.heddle.crds.HeddleSpec;
import dev.heddle.crds.HeddleSpec.OnDelete;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.operator.write.Applier;
import dev.heddle.operator.write.Feed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Deploys the node daemon as the Heddle object asks, and tells how many are ready. Before the object goes, every
 * node detaches, unless it says to keep the last policy in force.
 */
@Singleton
@ControllerConfiguration(fieldManager = Applier.FIELD_MANAGER, finalizerName = HeddleReconciler.FINALIZER)
@GradualRetry(maxAttempts = -1)
public final class HeddleReconciler implements Reconciler<Heddle>, Cleaner<Heddle> {

    static final String FINALIZER = "heddle.dev/detach";

    private static final Logger LOG = Logger.getLogger(HeddleReconciler.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Applier applier;
    private final Feed feed;
    private final Clock clock;
    private final String namespace;

    public HeddleReconciler(
            Applier applier, Feed feed, Clock clock, @ConfigProperty(name = "heddle.namespace") String namespace) {
        this.applier = applier;
        this.feed = feed;
        this.clock = clock;
        this.namespace = namespace;
    }

    @Override
    public List<EventSource<?, Heddle>> prepareEventSources(EventSourceContext<Heddle> context) {
        return List.of(new InformerEventSource<>(
                InformerEventSourceConfiguration.from(DaemonSet.class, Heddle.class)
                        .withNamespaces(Set.of(namespace))
                        .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(Heddle.class, true))
                        .build(),
                context));
    }

    @Override
    public UpdateControl<Heddle> reconcile(Heddle heddle, Context<Heddle> context) {
        if (heddle.getSpec() == null) {
            heddle.setSpec(HeddleSpec.DEFAULTS);
        }
        feed.change(index -> index.mode(Mode.Enforce));
        Installation installation = new Installation(heddle, namespace);
        List<HasMetadata> objects = List.of(
                NodeAccess.serviceAccount(installation),
                NodeAccess.role(installation),
                NodeAccess.binding(installation),
                NodeSettings.configMap(installation));
        objects.forEach(applier::apply);
        writeStatus(heddle, applier.apply(NodeDaemonSet.of(installation)));
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(Heddle heddle, Context<Heddle> context) {
        HeddleSpec spec = heddle.getSpec() == null ? HeddleSpec.DEFAULTS : heddle.getSpec();
        if (spec.onDelete() == OnDelete.Keep) {
            return DeleteControl.defaultDelete();
        }
        feed.change(index -> index.mode(Mode.Detach));
        Set<String> attached = Detachment.stillAttached(applier.client(), heddle, clock.instant());
        if (!attached.isEmpty()) {
            LOG.infof("Heddle is being deleted; these nodes have yet to detach: %s", attached);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOK_AGAIN.toMillis());
        }
        // From here on nodes stay as they are until there is a Heddle again.
        feed.change(index -> index.mode(null));
        return DeleteControl.defaultDelete();
    }

    private void writeStatus(Heddle heddle, DaemonSet daemons) {
        var status = InstallationStatus.of(heddle, daemons, clock.instant());
        if (!status.equals(heddle.getStatus())) {
            Heddle patch = new Heddle();
            patch.setMetadata(new ObjectMetaBuilder()
                    .withName(heddle.getMetadata().getName())
                    .build());
            patch.setStatus(status);
            applier.applyStatus(patch);
        }
    }
}
