package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link SlimNamespace}; see {@link PartialObject}. */
public final class SlimNamespaceList extends DefaultKubernetesResourceList<SlimNamespace> {

    private static final long serialVersionUID = 1L;
}
