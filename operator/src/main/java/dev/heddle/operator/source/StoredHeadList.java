package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link StoredHead}; see {@link PartialObject}. */
public final class StoredHeadList extends DefaultKubernetesResourceList<StoredHead> {

    private static final long serialVersionUID = 1L;
}
