package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands every change of a kind to the index.
 *
 * <p>The framework calls a reconciler for a deleted object only when a finalizer holds that object, and the objects
 * are not ours to hold. So what is gone is what the index was given and the cache no longer has; that is looked up in
 * every turn of the loop, a few times a second.
 */
abstract class Feeding<R extends HasMetadata> implements Reconciler<R> {

    private final Feed feed;
    /** What the index was given. Only the index's own thread touches it. */
    private final Map<ResourceID, R> given = new HashMap<>();

    Feeding(Feed feed) {
        this.feed = feed;
    }

    abstract void put(Index index, R object);

    abstract void remove(Index index, R object);

    @Override
    public final List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        IndexerResourceCache<R> cache = context.getPrimaryCache();
        feed.source(cache::list, this::give);
        feed.everyTurn(index -> takeWhatIsGone(index, cache));
        return List.of();
    }

    @Override
    public final UpdateControl<R> reconcile(R object, Context<R> context) {
        feed.change(index -> give(index, object));
        return UpdateControl.noUpdate();
    }

    private void give(Index index, R object) {
        given.put(ResourceID.fromResource(object), object);
        put(index, object);
    }

    private void takeWhatIsGone(Index index, IndexerResourceCache<R> cache) {
        given.entrySet().removeIf(entry -> {
            if (!Caches.lacks(cache, entry.getKey())) {
                return false;
            }
            remove(index, entry.getValue());
            return true;
        });
    }
}
