package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A Pod, with the few fields that say which policies govern it and where. */
@Group("")
@Version("v1")
@Kind("Pod")
@Singular("pod")
@Plural("pods")
public final class SlimPod extends PartialObject<SlimPod.Spec, SlimPod.Status> implements Namespaced {

    private static final long serialVersionUID = 1L;

    /** Where the pod runs, and whether in the node's own network. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable String nodeName, boolean hostNetwork) {}

    /** How far the pod is. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(@Nullable String phase) {}
}
