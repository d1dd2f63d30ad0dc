package dev.heddle.operator.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.crds.ClusterNetworkPolicy;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * A ClusterNetworkPolicy as it came, not read yet. One whose form is not the API's would stop a watch that reads, and with
 * it all others.
 */
@Group(ClusterNetworkPolicy.GROUP)
@Version(ClusterNetworkPolicy.VERSION)
@Kind(ClusterNetworkPolicy.KIND)
@Singular("clusternetworkpolicy")
@Plural(ClusterNetworkPolicy.PLURAL)
public final class StoredClusterPolicy extends PartialObject<JsonNode, JsonNode> {

    private static final long serialVersionUID = 1L;
}
