package dev.heddle.operator.source;

import dev.heddle.operator.index.HeadObject;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;

/** What nodes are told now; also puts back what somebody else changed or deleted. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class PolicyHeadReconciler extends Feeding<StoredHead> {

    public PolicyHeadReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, StoredHead object) {
        StoredHead.Spec spec = object.getSpec();
        if (spec != null) {
            index.put(new HeadObject(
                    object.getMetadata().getUid(), object.getMetadata().getResourceVersion(), spec.says()));
        }
    }

    @Override
    void remove(Index index, StoredHead object) {
        StoredHead.Spec spec = object.getSpec();
        if (spec != null) {
            index.removeHead(spec.says().namespace(), object.getMetadata().getUid());
        }
    }
}
