package dev.heddle.olm;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.CRDDescription;
import io.fabric8.openshift.api.model.operatorhub.v1alpha1.CRDDescriptionBuilder;
import java.util.Map;

/** How a catalog presents each of our kinds. */
final class OwnedKind {

    private record Words(String displayName, String description) {}

    private static final Map<String, Words> WORDS = Map.of(
            "Heddle",
            new Words("Heddle", "The installation: image, resources and CNI chaining of the node daemon."),
            "PolicyHead",
            new Words("Policy head", "The rules that hold for one namespace now. Written by Heddle."),
            "PolicySet",
            new Words("Policy set", "A chunk of one namespace's rules, when they are many. Written by Heddle."),
            "NodeState",
            new Words("Node state", "What one node is there for, and what its kernel enforces. Written by Heddle."),
            "NodeEndpoints",
            new Words("Node endpoints", "Which addresses of a node belong to which identity. Written by Heddle."),
            "Identity",
            new Words("Identity", "A distinct set of namespace, labels and named ports. Written by Heddle."),
            "EnforcementReport",
            new Words("Enforcement report", "How far the policies of a namespace are enforced. Written by Heddle."));

    private OwnedKind() {}

    static CRDDescription of(CustomResourceDefinition crd) {
        String kind = crd.getSpec().getNames().getKind();
        Words words = WORDS.get(kind);
        if (words == null) {
            throw new IllegalStateException("say in OwnedKind what " + kind + " is for");
        }
        return new CRDDescriptionBuilder()
                .withName(crd.getMetadata().getName())
                .withKind(kind)
                .withVersion(crd.getSpec().getVersions().getFirst().getName())
                .withDisplayName(words.displayName())
                .withDescription(words.description())
                .build();
    }
}
