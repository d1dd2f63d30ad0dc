package dev.heddle.crds;

import dev.heddle.policy.identity.Identity;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;

/**
 * The content behind an identity's hash. Created by whichever daemon first needs it, immutable, collected by the
 * operator when no NodeEndpoints names it.
 *
 * <p>The kind is {@code Identity}. Readers use {@link #verified()}.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("Identity")
@Singular("identity")
@Plural("identities")
@ShortNames("hid")
@Categories(Api.CATEGORY)
@ValidationRule(
        value = "self.metadata.name.matches('^[0-9a-f]{64}$')",
        message = "the name must be the SHA-256 of the identity's content")
@AdditionalPrinterColumn(name = "For", jsonPath = ".spec.namespace")
@AdditionalPrinterColumn(name = "Labels", jsonPath = ".spec.labels")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class PublishedIdentity extends CustomResource<IdentitySpec, Void> {

    private static final long serialVersionUID = 1L;

    /** For deserialization. */
    public PublishedIdentity() {}

    public PublishedIdentity(Identity identity) {
        setMetadata(new ObjectMetaBuilder().withName(identity.hash()).build());
        setSpec(IdentitySpec.of(identity));
    }

    /** The content, if the name is its hash; empty for a forged or damaged object, which nobody may use. */
    public Optional<Identity> verified() {
        if (getSpec() == null) {
            return Optional.empty();
        }
        Identity identity = getSpec().toIdentity();
        return identity.hash().equals(getMetadata().getName()) ? Optional.of(identity) : Optional.empty();
    }
}
