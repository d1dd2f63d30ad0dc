package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;

/** Translates every NetworkPolicy; what became of it goes to its namespace's set and report. */
@Singleton
@ControllerConfiguration(generationAwareEventProcessing = false)
public final class NetworkPolicyReconciler extends Feeding<NetworkPolicy> {

    public NetworkPolicyReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, NetworkPolicy object) {
        index.put(PolicyRecords.of(object));
    }

    @Override
    void remove(Index index, NetworkPolicy object) {
        index.removePolicy(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }
}
