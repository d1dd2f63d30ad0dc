package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The installation: what the operator deploys to every node. There is one, named {@code heddle}. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("heddles")
@Categories(Api.CATEGORY)
@ValidationRule(value = "self.metadata.name == 'heddle'", message = "there is one Heddle for a cluster, named 'heddle'")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.nodes.ready", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Desired",
        jsonPath = ".status.nodes.desired",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Status", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Heddle extends CustomResource<HeddleSpec, HeddleStatus> {

    private static final long serialVersionUID = 1L;

    /** The only name there is. */
    public static final String NAME = "heddle";
}
