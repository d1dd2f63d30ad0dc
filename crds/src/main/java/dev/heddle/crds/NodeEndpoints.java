package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Which address of a node belongs to which identity; named as the node. The operator writes the spec, the
 * node's daemon the status, every daemon reads it. A node cannot claim addresses outside its own ranges.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Singular("nodeendpoints")
@Plural("nodeendpoints")
@ShortNames("nep")
@Categories(Api.CATEGORY)
@ValidationRule(
        value = "!has(self.status) || !has(self.status.endpoints) || self.status.endpoints.all(e, "
                + "isIP(e.split(' ')[0]) && has(self.spec.allowedCIDRs) && self.spec.allowedCIDRs.exists(c, "
                + "cidr(c).containsIP(ip(e.split(' ')[0]))))",
        message = "every address must be inside spec.allowedCIDRs, the pod ranges of this node",
        fieldPath = ".status.endpoints")
@AdditionalPrinterColumn(name = "Ranges", jsonPath = ".spec.allowedCIDRs")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class NodeEndpoints extends CustomResource<NodeEndpointsSpec, NodeEndpointsStatus> {
    private static final long serialVersionUID = 1L;
}
