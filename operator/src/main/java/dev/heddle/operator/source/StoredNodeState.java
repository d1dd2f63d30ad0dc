package dev.heddle.operator.source;

import dev.heddle.crds.Api;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A NodeState without who wrote what of it, which is as much again as what it says. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("NodeState")
@Singular("nodestate")
@Plural("nodestates")
public final class StoredNodeState extends PartialObject<NodeStateSpec, NodeStateStatus> {

    private static final long serialVersionUID = 1L;
}
