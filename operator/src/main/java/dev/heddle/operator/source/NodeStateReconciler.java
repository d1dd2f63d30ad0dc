package dev.heddle.operator.source;

import dev.heddle.crds.NodeStateSpec;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.NodeObject;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;

/** What the nodes say they enforce; also puts back what somebody else changed in a spec. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class NodeStateReconciler extends Feeding<StoredNodeState> {

    public NodeStateReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, StoredNodeState object) {
        index.put(new NodeObject(
                object.getMetadata().getName(),
                object.getMetadata().getUid(),
                object.getMetadata().getResourceVersion(),
                object.getSpec() == null ? new NodeStateSpec(NodeStateSpec.Mode.Enforce) : object.getSpec(),
                object.getStatus()));
    }

    @Override
    void remove(Index index, StoredNodeState object) {
        index.removeNodeObject(
                object.getMetadata().getName(), object.getMetadata().getUid());
    }
}
