package dev.heddle.operator.source;

import dev.heddle.crds.Api;
import dev.heddle.crds.NodeEndpointsSpec;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A NodeEndpoints without its addresses, which change with every pod. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("NodeEndpoints")
@Singular("nodeendpoints")
@Plural("nodeendpoints")
public final class StoredEndpoints extends PartialObject<NodeEndpointsSpec, Void> {

    private static final long serialVersionUID = 1L;
}
