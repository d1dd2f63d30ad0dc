package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.NamespaceRecord;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;
import java.util.Map;

/** Which namespaces need a head, and which the cluster-wide policies select. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class NamespaceReconciler extends Feeding<SlimNamespace> {

    public NamespaceReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, SlimNamespace object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        index.put(new NamespaceRecord(
                object.getMetadata().getName(),
                object.getMetadata().getUid(),
                labels == null ? Map.of() : labels,
                object.isMarkedForDeletion()));
    }

    @Override
    void remove(Index index, SlimNamespace object) {
        index.removeNamespace(object.getMetadata().getName());
    }
}
