package dev.heddle.operator.source;

import dev.heddle.crds.PolicySource;
import dev.heddle.operator.index.PolicyRecord;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import dev.heddle.policy.translate.Translation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

/** Policies of the API as records of the index. */
final class PolicyRecords {

    private PolicyRecords() {}

    static PolicyRecord of(NetworkPolicy policy) {
        ObjectMeta metadata = policy.getMetadata();
        Long generation = metadata.getGeneration();
        Translation translation = NetworkPolicyTranslator.translate(policy, Datapath.TODAY);
        // Every policy gives at least its isolation rule, and all its rules have the same subject.
        LabelSelector subjects = translation.rules().stream()
                .findFirst()
                .map(Rule::subject)
                .map(subject -> subject.pods())
                .orElse(LabelSelector.EVERYTHING);
        PolicySource source = new PolicySource(
                "NetworkPolicy", metadata.getName(), metadata.getUid(), generation == null ? 0 : generation);
        return new PolicyRecord(metadata.getNamespace(), source, subjects, translation);
    }
}
