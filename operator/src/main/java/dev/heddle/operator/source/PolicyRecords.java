package dev.heddle.operator.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.operator.index.ClusterPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Policies of the API as records of the index. */
final class PolicyRecords {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    private PolicyRecords() {}

    static TranslatedPolicy of(StoredPolicy stored) {
        NetworkPolicy policy = new NetworkPolicy();
        policy.setMetadata(stored.getMetadata());
        RawJson spec = stored.getSpec();
        policy.setSpec(spec == null ? null : JSON.unmarshal(spec.text(), NetworkPolicySpec.class));
        return TranslatedPolicy.of(policy);
    }

    static ClusterPolicy of(StoredClusterPolicy policy) {
        return new ClusterPolicy(
                TranslatedPolicy.ofCluster(policy.getMetadata(), policy.getSpec()),
                status(policy.getStatus()).conditions());
    }

    private static ClusterNetworkPolicyStatus status(@Nullable JsonNode json) {
        return JSON.convertValue(json == null ? Map.of() : json, ClusterNetworkPolicyStatus.class);
    }
}
