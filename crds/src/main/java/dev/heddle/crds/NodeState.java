package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * What one node is there for, and what its kernel enforces; named as the node. The operator writes the spec,
 * the node's daemon the status.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("nst")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.revision", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Told", jsonPath = ".status.told", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "InForce", jsonPath = ".status.inForce", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Endpoints",
        jsonPath = ".status.endpoints",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Enforced", jsonPath = ".status.conditions[?(@.type==\"Enforced\")].status")
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type==\"Enforced\")].message",
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class NodeState extends CustomResource<NodeStateSpec, NodeStateStatus> {
    private static final long serialVersionUID = 1L;
}
