package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;

/**
 * A list whose items are {@link SlimNode}: the client looks for it by this name. Items of a list carry no kind, so
 * without it nobody would know what they are.
 */
public final class SlimNodeList extends DefaultKubernetesResourceList<SlimNode> {

    private static final long serialVersionUID = 1L;
}
