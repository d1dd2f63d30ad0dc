package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.write.Feed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;

/** Hands every change of a kind to the index. Deletions too, without a finalizer: the objects are not ours. */
abstract class Feeding<R extends HasMetadata> implements Reconciler<R> {

    private final Feed feed;

    Feeding(Feed feed) {
        this.feed = feed;
    }

    abstract void put(Index index, R object);

    abstract void remove(Index index, R object);

    @Override
    public final List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        feed.source(() -> context.getPrimaryCache().list(), this::put);
        return List.of();
    }

    @Override
    public final UpdateControl<R> reconcile(R object, Context<R> context) {
        boolean deleted = context.isPrimaryResourceDeleted();
        feed.change(index -> {
            if (deleted) {
                remove(index, object);
            } else {
                put(index, object);
            }
        });
        return UpdateControl.noUpdate();
    }
}
