package dev.heddle.crds;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One policy object, translated: its part of a namespace's {@link PolicySetContent}. The same whoever translates it.
 *
 * @param namespace empty for cluster-wide policies
 * @param source kind, name, uid and generation
 * @param subject the pods that it selects; all that it may mean when that cannot be read
 */
public record TranslatedPolicy(String namespace, PolicySource source, Subject subject, Translation translation) {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    public static TranslatedPolicy of(NetworkPolicy policy) {
        ObjectMeta metadata = policy.getMetadata();
        Translation translation = NetworkPolicyTranslator.translate(policy, Datapath.TODAY);
        Subject all = new Subject(metadata.getNamespace(), LabelSelector.EVERYTHING);
        return new TranslatedPolicy(
                metadata.getNamespace(), source("NetworkPolicy", metadata), subject(translation, all), translation);
    }

    /**
     * Whatever the object says: one that cannot be read at all is rejected, and has no rules.
     *
     * @param spec as it came
     */
    public static TranslatedPolicy ofCluster(ObjectMeta metadata, @Nullable JsonNode spec) {
        PolicySource source = source(ClusterNetworkPolicy.KIND, metadata);
        Translation translation = translation(metadata, spec, source);
        Subject all = Subject.acrossNamespaces(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);
        return new TranslatedPolicy(Api.CLUSTER_WIDE, source, subject(translation, all), translation);
    }

    public boolean rejected() {
        return translation instanceof Translation.Rejected;
    }

    private static Translation translation(ObjectMeta metadata, @Nullable JsonNode spec, PolicySource source) {
        try {
            return ClusterNetworkPolicyTranslator.translate(
                    metadata,
                    JSON.convertValue(spec == null ? Map.of() : spec, ClusterNetworkPolicySpec.class),
                    Datapath.TODAY);
        } catch (IllegalArgumentException e) {
            Origin origin = new Origin(source.kind(), Api.CLUSTER_WIDE, source.name(), source.generation(), "spec");
            String why = "it does not have the form of " + ClusterNetworkPolicy.VERSION + ": " + e.getMessage();
            return new Translation.Rejected(List.of(new Problem(origin, Problem.Severity.REJECTED, why)), List.of());
        }
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
