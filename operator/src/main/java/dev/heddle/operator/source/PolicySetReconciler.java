package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.SetChunk;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;

/** Which policy sets exist. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class PolicySetReconciler extends Feeding<StoredSet> {

    public PolicySetReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, StoredSet object) {
        StoredSet.Spec spec = object.getSpec();
        if (spec == null) {
            return;
        }
        String name = object.getMetadata().getName();
        int dash = name.indexOf('-');
        index.put(new SetChunk(
                name,
                object.getMetadata().getUid(),
                object.getMetadata().getResourceVersion(),
                dash < 0 ? name : name.substring(0, dash),
                spec.namespace(),
                spec.chunk().index(),
                spec.chunk().count(),
                spec.sources()));
    }

    @Override
    void remove(Index index, StoredSet object) {
        index.removeSet(object.getMetadata().getName(), object.getMetadata().getUid());
    }
}
