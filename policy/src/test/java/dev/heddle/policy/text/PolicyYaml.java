package dev.heddle.policy.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;

/** Policies as people write them. */
public final class PolicyYaml {

    private static final YAMLMapper MAPPER = new YAMLMapper();

    private PolicyYaml() {}

    /** A policy of generation 3. */
    public static NetworkPolicy networkPolicy(String namespace, String name, String spec) {
        return new NetworkPolicyBuilder()
                .withMetadata(meta(name))
                .editMetadata()
                .withNamespace(namespace)
                .endMetadata()
                .withSpec(read(spec, NetworkPolicySpec.class))
                .build();
    }

    public static ClusterNetworkPolicySpec clusterNetworkPolicy(String spec) {
        return read(spec, ClusterNetworkPolicySpec.class);
    }

    /** Metadata of generation 3. */
    public static ObjectMeta meta(String name) {
        return new ObjectMetaBuilder().withName(name).withGeneration(3L).build();
    }

    private static <T> T read(String yaml, Class<T> type) {
        try {
            return MAPPER.readValue(yaml, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
