package dev.heddle.operator.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.crds.Api;
import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.crds.PolicySource;
import dev.heddle.operator.index.ClusterPolicy;
import dev.heddle.operator.index.PolicyRecord;
import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import dev.heddle.policy.translate.Translation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policies of the API as records of the index. */
final class PolicyRecords {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private PolicyRecords() {}

    static PolicyRecord of(StoredPolicy stored) {
        ObjectMeta metadata = stored.getMetadata();
        NetworkPolicy policy = new NetworkPolicy();
        policy.setMetadata(metadata);
        RawJson spec = stored.getSpec();
        policy.setSpec(spec == null ? null : JSON.unmarshal(spec.text(), NetworkPolicySpec.class));
        Translation translation = NetworkPolicyTranslator.translate(policy, Datapath.TODAY);
        Subject all = new Subject(metadata.getNamespace(), LabelSelector.EVERYTHING);
        return new PolicyRecord(
                metadata.getNamespace(), source("NetworkPolicy", metadata), subject(translation, all), translation);
    }

    /** Whatever the object says: one that cannot be read at all is rejected, and has no rules. */
    static ClusterPolicy of(StoredClusterPolicy policy) {
        PolicySource source = source(ClusterNetworkPolicy.KIND, policy.getMetadata());
        Subject all = Subject.acrossNamespaces(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);
        Translation translation = translation(policy, source);
        PolicyRecord record = new PolicyRecord(Api.CLUSTER_WIDE, source, subject(translation, all), translation);
        return new ClusterPolicy(
                record,
                read(policy.getStatus(), ClusterNetworkPolicyStatus.class).conditions());
    }

    private static Translation translation(StoredClusterPolicy policy, PolicySource source) {
        try {
            ClusterNetworkPolicySpec spec = read(policy.getSpec(), ClusterNetworkPolicySpec.class);
            return ClusterNetworkPolicyTranslator.translate(policy.getMetadata(), spec, Datapath.TODAY);
        } catch (IllegalArgumentException e) {
            Origin origin = new Origin(source.kind(), Api.CLUSTER_WIDE, source.name(), source.generation(), "spec");
            String why = "it does not have the form of " + ClusterNetworkPolicy.VERSION + ": " + e.getMessage();
            return new Translation.Rejected(List.of(new Problem(origin, Problem.Severity.REJECTED, why)), List.of());
        }
    }

    /** @throws IllegalArgumentException if it has another form */
    private static <T> T read(@Nullable JsonNode json, Class<T> type) {
        return JSON.convertValue(json == null ? Map.of() : json, type);
    }

    private static PolicySource source(String kind, ObjectMeta metadata) {
        Long generation = metadata.getGeneration();
        return new PolicySource(kind, metadata.getName(), metadata.getUid(), generation == null ? 0 : generation);
    }

    /** All rules of an object have the same subject. A ClusterNetworkPolicy may have no rule. */
    private static Subject subject(Translation translation, Subject otherwise) {
        return translation.rules().stream().findFirst().map(Rule::subject).orElse(otherwise);
    }
}
