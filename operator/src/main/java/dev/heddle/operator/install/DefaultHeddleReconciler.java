package dev.heddle.operator.install;

import dev.heddle.crds.Heddle;
import dev.heddle.operator.install.DefaultHeddle.Create;
import dev.heddle.operator.install.DefaultHeddle.Done;
import dev.heddle.operator.install.DefaultHeddle.Mark;
import dev.heddle.operator.install.DefaultHeddle.Refuse;
import dev.heddle.operator.install.DefaultHeddle.Wait;
import dev.heddle.operator.write.Applier;
import dev.heddle.operator.write.EventWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Field;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Makes the first Heddle from the ConfigMap of {@code config/default}; see {@link DefaultHeddle}. Watches that one
 * object in the operator's own namespace (application.properties), and is called only while this process leads.
 */
@Singleton
@ControllerConfiguration(
        generationAwareEventProcessing = false,
        informer = @Informer(fieldSelector = @Field(path = "metadata.name", value = DefaultHeddle.CONFIG_MAP)))
@GradualRetry(maxAttempts = -1)
public final class DefaultHeddleReconciler implements Reconciler<ConfigMap> {

    private static final Logger LOG = Logger.getLogger(DefaultHeddleReconciler.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int UNPROCESSABLE = 422;

    private final Applier applier;
    private final EventWriter events;

    public DefaultHeddleReconciler(Applier applier, Clock clock) {
        this.applier = applier;
        this.events = new EventWriter(applier, clock);
    }

    @Override
    public UpdateControl<ConfigMap> reconcile(ConfigMap source, Context<ConfigMap> context) {
        // Asked of the API server: a cache may not have the Heddle that was just deleted or made.
        var heddles = applier.client().resources(Heddle.class).list().getItems();
        switch (DefaultHeddle.next(source, heddles)) {
            case Done() -> LOG.debugf("%s was used before", DefaultHeddle.CONFIG_MAP);
            case Wait() -> {
                return UpdateControl.<ConfigMap>noUpdate().rescheduleAfter(LOOK_AGAIN);
            }
            case Mark(String heddle) -> mark(source, heddle);
            case Create(GenericKubernetesResource heddle) -> create(source, heddle);
            case Refuse(String message) -> refuse(source, message);
        }
        return UpdateControl.noUpdate();
    }

    private void create(ConfigMap source, GenericKubernetesResource heddle) {
        try {
            applier.create(heddle, Heddle.class);
        } catch (KubernetesClientException e) {
            switch (e.getCode()) {
                case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                    refuse(source, DefaultHeddle.FIELD + ": " + e.getStatus().getMessage());
                // Somebody was faster: reconciled again, it is there.
                default -> throw e;
            }
            return;
        }
        LOG.infof("Heddle %s is made from %s", heddle.getMetadata().getName(), DefaultHeddle.CONFIG_MAP);
        mark(source, heddle.getMetadata().getName());
    }

    /** The uid keeps this from making a ConfigMap that was deleted meanwhile anew. */
    private void mark(ConfigMap source, String heddle) {
        applier.apply(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(source.getMetadata().getNamespace())
                .withName(source.getMetadata().getName())
                .withUid(source.getMetadata().getUid())
                .addToAnnotations(DefaultHeddle.INSTALLED_AS, heddle)
                .endMetadata()
                .build());
    }

    private void refuse(ConfigMap source, String message) {
        LOG.errorf(
                "no Heddle is made from ConfigMap %s/%s: %s",
                source.getMetadata().getNamespace(), source.getMetadata().getName(), message);
        events.warn(source, "Invalid", message);
    }
}
