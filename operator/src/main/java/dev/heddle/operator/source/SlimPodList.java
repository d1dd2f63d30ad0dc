package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/** A list whose items are {@link SlimPod}; see {@link PartialObject}. */
public final class SlimPodList extends DefaultKubernetesResourceList<SlimPod> {

    private static final long serialVersionUID = 1L;
}
