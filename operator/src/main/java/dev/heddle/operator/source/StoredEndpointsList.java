package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link StoredEndpoints}; see {@link PartialObject}. */
public final class StoredEndpointsList extends DefaultKubernetesResourceList<StoredEndpoints> {

    private static final long serialVersionUID = 1L;
}
