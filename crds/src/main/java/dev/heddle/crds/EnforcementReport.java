package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * How far the policies of a namespace are enforced, for its users; one for each namespace, named
 * {@code heddle}. NetworkPolicy has no status of its own. Written by the operator, at most every few seconds.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("erep")
@Categories(Api.CATEGORY)
@AdditionalPrinterColumn(name = "Accepted", jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status")
@AdditionalPrinterColumn(name = "Enforced", jsonPath = ".status.conditions[?(@.type==\"Enforced\")].status")
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Enforced\")].message")
@AdditionalPrinterColumn(name = "Policies", jsonPath = ".status.policies[*].name", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class EnforcementReport extends CustomResource<Void, EnforcementReportStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    /** The name of every report; its namespace tells them apart. */
    public static final String NAME = "heddle";
}
