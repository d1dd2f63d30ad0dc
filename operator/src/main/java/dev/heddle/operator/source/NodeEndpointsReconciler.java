package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;
import java.util.List;

/** Which ranges each node may claim addresses in. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class NodeEndpointsReconciler extends Feeding<StoredEndpoints> {

    public NodeEndpointsReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, StoredEndpoints object) {
        index.endpointRanges(
                object.getMetadata().getName(),
                object.getSpec() == null ? List.of() : object.getSpec().allowedCIDRs());
    }

    @Override
    void remove(Index index, StoredEndpoints object) {
        index.endpointRanges(object.getMetadata().getName(), null);
    }
}
