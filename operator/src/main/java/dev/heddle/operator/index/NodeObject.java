package dev.heddle.operator.index;

import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import org.jspecify.annotations.Nullable;

/** A NodeState as the API server has it. The status is absent until the node's daemon has reported. */
public record NodeObject(
        String name,
        String uid,
        String resourceVersion,
        NodeStateSpec spec,
        @Nullable NodeStateStatus status) {}
