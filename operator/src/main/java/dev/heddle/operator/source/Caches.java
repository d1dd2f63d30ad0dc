package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.informer.ManagedInformerEventSource;

/** What may be concluded from a cache of the framework. */
final class Caches {

    private Caches() {}

    /** Whether the object is gone. A cache that has stopped is empty, and says nothing. */
    static boolean lacks(IndexerResourceCache<? extends HasMetadata> cache, ResourceID object) {
        return cache.get(object).isEmpty() && isRunning(cache); // in this order: it may stop meanwhile
    }

    private static boolean isRunning(IndexerResourceCache<? extends HasMetadata> cache) {
        return !(cache instanceof ManagedInformerEventSource<?, ?, ?> source)
                || !source.informerHealthIndicators().isEmpty();
    }
}
