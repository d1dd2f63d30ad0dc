package dev.heddle.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;

/**
 * A chunk of the normalized rules of one namespace, when they are too many for its {@link PolicyHead}. Immutable and named by the
 * SHA-256 of the whole set's content. Written by the operator before the head that names it, collected when none does.
 *
 * <p>{@link PolicySetContent} makes and reads them.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("policysets")
@ShortNames("pset")
@Categories(Api.CATEGORY)
@ValidationRule(
        value = "self.metadata.name.matches('^[0-9a-f]{64}(-[0-9]+)?$')",
        message = "the name must be the SHA-256 of the set's content, and the chunk's index where there are several")
@AdditionalPrinterColumn(name = "For", jsonPath = ".spec.namespace")
@AdditionalPrinterColumn(
        name = "Sequence",
        jsonPath = ".metadata.annotations.heddle\\.dev/sequence",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Sources", jsonPath = ".spec.sources[*].name")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class PolicySet extends CustomResource<PolicySetSpec, Void> {

    private static final long serialVersionUID = 1L;

    /** For deserialization. */
    public PolicySet() {}

    PolicySet(String name, long sequence, PolicySetSpec spec) {
        setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withLabels(Map.of(Api.NAMESPACE_LABEL, spec.namespace()))
                .withAnnotations(Map.of(Api.SEQUENCE_ANNOTATION, Long.toString(sequence)))
                .build());
        setSpec(spec);
    }

    /** The content hash of the whole set: the name without the chunk's index. */
    public String set() {
        String name = getMetadata().getName();
        int dash = name.indexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }
}
