package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link StoredSet}; see {@link PartialObject}. */
public final class StoredSetList extends DefaultKubernetesResourceList<StoredSet> {

    private static final long serialVersionUID = 1L;
}
