package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.GenericFilter;

/** Lets no event through; see {@link Feeding}. */
public final class NoEvent implements GenericFilter<HasMetadata> {

    @Override
    public boolean accept(HasMetadata object) {
        return false;
    }
}
