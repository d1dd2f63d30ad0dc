package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Hears of a reconciler's objects as its informer does: each change once, in order, with deletions, and the informer's own
 * objects.
 */
final class Changes<R extends HasMetadata> extends AbstractEventSource<R, R> implements ResourceEventAware<R> {

    private final Feed feed;
    private final BiConsumer<Index, R> put;
    private final BiConsumer<Index, R> remove;

    Changes(Class<R> kind, Feed feed, BiConsumer<Index, R> put, BiConsumer<Index, R> remove) {
        super(kind, "changes");
        this.feed = feed;
        this.put = put;
        this.remove = remove;
    }

    @Override
    public void onResourceCreated(R object) {
        feed.change(index -> put.accept(index, object));
    }

    @Override
    public void onResourceUpdated(R object, R before) {
        feed.change(index -> put.accept(index, object));
    }

    @Override
    public void onResourceDeleted(R object) {
        feed.change(index -> remove.accept(index, object));
    }

    @Override
    public Set<R> getSecondaryResources(R primary) {
        return Set.of();
    }
}
