package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;

/** Translates every NetworkPolicy; what became of it goes to its namespace's set and report. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class NetworkPolicyReconciler extends Feeding<StoredPolicy> {

    public NetworkPolicyReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, StoredPolicy object) {
        index.put(PolicyRecords.of(object));
    }

    @Override
    void remove(Index index, StoredPolicy object) {
        index.removePolicy(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }
}
