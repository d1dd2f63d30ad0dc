package dev.heddle.e2e;

import dev.heddle.crds.ClusterNetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Policies as people write them. */
final class Policies {

    private Policies() {}

    /**
     * A policy from its {@code spec}, given as YAML.
     *
     * @throws IllegalArgumentException when the YAML is not a NetworkPolicy's spec
     */
    static NetworkPolicy networkPolicy(String namespace, String name, String spec) {
        return Serialization.unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  namespace: %s
                  name: %s
                spec:
                %s""".formatted(namespace, name, spec.indent(2)), NetworkPolicy.class);
    }

    /** The same for a ClusterNetworkPolicy. */
    static ClusterNetworkPolicy clusterNetworkPolicy(String name, String spec) {
        return Serialization.unmarshal("""
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata:
                  name: %s
                spec:
                %s""".formatted(name, spec.indent(2)), ClusterNetworkPolicy.class);
    }
}
