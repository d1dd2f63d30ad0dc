package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Node, without its images, capacities and most of its status. */
@Group("")
@Version("v1")
@Kind("Node")
@Singular("node")
@Plural("nodes")
public final class SlimNode extends PartialObject<SlimNode.Spec, SlimNode.Status> {

    private static final long serialVersionUID = 1L;

    /** The ranges of the node's pods. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable List<String> podCIDRs) {}

    /** Whether the node is there. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Status(@Nullable List<NodeCondition> conditions) {}
}
