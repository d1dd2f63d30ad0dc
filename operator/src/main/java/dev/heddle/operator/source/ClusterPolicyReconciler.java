package dev.heddle.operator.source;

import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Field;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.EventSourceRetriever;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Hands all ClusterNetworkPolicies to the index. A cluster may lack the kind: this watches its definition, and the
 * policies while there is one.
 *
 * <p>Nodes keep the cluster-wide policies that they have until it is known which there are: all that were listed, or none
 * because the kind is not there. A kind that is there and cannot be read says nothing.
 */
@Singleton
@ControllerConfiguration(
        generationAwareEventProcessing = false,
        informer = @Informer(fieldSelector = @Field(path = "metadata.name", value = ClusterNetworkPolicy.CRD_NAME)))
@GradualRetry(maxAttempts = -1)
public final class ClusterPolicyReconciler implements Reconciler<SlimDefinition> {

    private static final Logger LOG = Logger.getLogger(ClusterPolicyReconciler.class);
    private static final ResourceID DEFINITION = new ResourceID(ClusterNetworkPolicy.CRD_NAME);
    private static final String SOURCE = "policies";

    private final Feed feed;
    private boolean saidAbsent;

    public ClusterPolicyReconciler(Feed feed) {
        this.feed = feed;
    }

    @Override
    public List<EventSource<?, SlimDefinition>> prepareEventSources(EventSourceContext<SlimDefinition> context) {
        IndexerResourceCache<SlimDefinition> definitions = context.getPrimaryCache();
        // For a definition that is not there nobody calls reconcile.
        feed.everyTick(index -> {
            boolean absent = Caches.lacks(definitions, DEFINITION);
            if (absent) {
                index.clusterPolicies(List.of());
            }
            say(absent);
        });
        return List.of();
    }

    private void say(boolean absent) {
        if (absent && !saidAbsent) {
            LOG.infof(
                    "this cluster has no %s; they are read as soon as %s is there",
                    ClusterNetworkPolicy.KIND, ClusterNetworkPolicy.CRD_NAME);
        } else if (saidAbsent && !absent) {
            LOG.infof("%s is there now; its policies are read", ClusterNetworkPolicy.CRD_NAME);
        }
        saidAbsent = absent;
    }

    @Override
    public UpdateControl<SlimDefinition> reconcile(SlimDefinition definition, Context<SlimDefinition> context) {
        if (definition.serves(ClusterNetworkPolicy.VERSION)) {
            IndexerResourceCache<StoredClusterPolicy> policies = watched(context);
            feed.change(index ->
                    index.clusterPolicies(policies.list().map(PolicyRecords::of).toList()));
        } else {
            LOG.warnf(
                    "%s does not serve %s; what nodes enforce of it stays",
                    ClusterNetworkPolicy.CRD_NAME, ClusterNetworkPolicy.VERSION);
        }
        return UpdateControl.noUpdate();
    }

    /** The policies' cache; the first time it is filled before this returns. */
    private static IndexerResourceCache<StoredClusterPolicy> watched(Context<SlimDefinition> context) {
        EventSourceRetriever<SlimDefinition> sources = context.eventSourceRetriever();
        InformerEventSource<StoredClusterPolicy, SlimDefinition> wanted = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(StoredClusterPolicy.class, SlimDefinition.class)
                        .withName(SOURCE)
                        .withSecondaryToPrimaryMapper(policy -> Set.of(DEFINITION))
                        .build(),
                sources.eventSourceContextForDynamicRegistration());
        try {
            return (InformerEventSource<StoredClusterPolicy, SlimDefinition>)
                    sources.dynamicallyRegisterEventSource(wanted);
        } catch (RuntimeException e) {
            sources.dynamicallyDeRegisterEventSource(SOURCE); // half a watch; the next attempt begins anew
            throw e;
        }
    }
}
