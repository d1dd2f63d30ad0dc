package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link StoredNodeState}; see {@link PartialObject}. */
public final class StoredNodeStateList extends DefaultKubernetesResourceList<StoredNodeState> {

    private static final long serialVersionUID = 1L;
}
