package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link SlimDefinition}; see {@link PartialObject}. */
public final class SlimDefinitionList extends DefaultKubernetesResourceList<SlimDefinition> {

    private static final long serialVersionUID = 1L;
}
