package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/**
 * The rules that hold for one namespace now, or for the whole cluster; named as the namespace. A policy's change is one
 * write of it, which every node with such pods watches. Written by the operator, whole, and only over the version that it
 * has seen.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("policyheads")
@ShortNames("phead")
@Categories(Api.CATEGORY)
@ValidationRule(
        value = "has(self.spec) && self.metadata.name == "
                + "(self.spec.__namespace__ == '' ? 'cluster.heddle.dev' : self.spec.__namespace__)",
        message = "the name must be that of the namespace, or cluster.heddle.dev")
@AdditionalPrinterColumn(name = "Sequence", jsonPath = ".spec.sequence", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Set", jsonPath = ".spec.set")
@AdditionalPrinterColumn(
        name = "Chunks",
        jsonPath = ".spec.chunks",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class PolicyHead extends CustomResource<PolicyHeadSpec, Void> {

    /** The name of the cluster-wide one; no namespace has a dot in its name. */
    public static final String CLUSTER = "cluster." + Api.GROUP;

    private static final long serialVersionUID = 1L;

    /** For deserialization. */
    public PolicyHead() {}

    /** @param owners those with which it goes: the namespace */
    public PolicyHead(PolicyHeadSpec spec, List<OwnerReference> owners) {
        setMetadata(new ObjectMetaBuilder()
                .withName(nameOf(spec.namespace()))
                .withLabels(Map.of(Api.HEAD_LABEL, nameOf(spec.namespace())))
                .withOwnerReferences(owners)
                .build());
        setSpec(spec);
    }

    /**
     * The object's name.
     *
     * @param namespace empty for the cluster-wide one
     */
    public static String nameOf(String namespace) {
        return namespace.equals(Api.CLUSTER_WIDE) ? CLUSTER : namespace;
    }
}
