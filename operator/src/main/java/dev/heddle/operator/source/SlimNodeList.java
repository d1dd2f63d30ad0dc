package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link SlimNode}; see {@link PartialObject}. */
public final class SlimNodeList extends DefaultKubernetesResourceList<SlimNode> {

    private static final long serialVersionUID = 1L;
}
