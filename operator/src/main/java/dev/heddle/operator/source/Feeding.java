package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;

/**
 * Hands every change of a kind to the index, as {@link Changes}.
 *
 * <p>Nothing is reconciled one by one: the framework would keep a state and a timer for each of tens of thousands of objects,
 * copy them by way of JSON, and say nothing of deletions, since the objects are not ours to hold by a finalizer. What is used of
 * it is the cache, its start before the election, and its health. So each such reconciler has the filter {@link NoEvent}.
 */
abstract class Feeding<R extends HasMetadata> implements Reconciler<R> {

    private final Feed feed;

    Feeding(Feed feed) {
        this.feed = feed;
    }

    abstract void put(Index index, R object);

    abstract void remove(Index index, R object);

    @Override
    public final List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        IndexerResourceCache<R> cache = context.getPrimaryCache();
        feed.source(cache::list, this::put);
        return List.of(new Changes<>(context.getPrimaryResourceClass(), feed, this::put, this::remove));
    }

    /** Never called. */
    @Override
    public final UpdateControl<R> reconcile(R object, Context<R> context) {
        return UpdateControl.noUpdate();
    }
}
