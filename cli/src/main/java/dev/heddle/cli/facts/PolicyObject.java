package dev.heddle.cli.facts;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import dev.heddle.policy.translate.Translation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

/** A policy as its author wrote it. */
public sealed interface PolicyObject {

    /** Which object it is. */
    Key key();

    /** What it means, and what is wrong with it. */
    Translation translate();

    /** Names an object; {@code namespace} is empty for kinds that are cluster-wide. */
    record Key(String kind, String namespace, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byNamespace = namespace.compareTo(other.namespace);
            int byKind = byNamespace == 0 ? kind.compareTo(other.kind) : byNamespace;
            return byKind == 0 ? name.compareTo(other.name) : byKind;
        }

        @Override
        public String toString() {
            return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
        }
    }

    /** Of one namespace. */
    record Namespaced(NetworkPolicy policy) implements PolicyObject {

        public static final String KIND = "NetworkPolicy";

        @Override
        public Key key() {
            return new Key(
                    KIND,
                    policy.getMetadata().getNamespace(),
                    policy.getMetadata().getName());
        }

        @Override
        public Translation translate() {
            return NetworkPolicyTranslator.translate(policy, Datapath.TODAY);
        }
    }

    /** Of the whole cluster. */
    record ClusterWide(ObjectMeta metadata, ClusterNetworkPolicySpec spec) implements PolicyObject {

        @Override
        public Key key() {
            return new Key(ClusterNetworkPolicyTranslator.KIND, "", metadata.getName());
        }

        @Override
        public Translation translate() {
            return ClusterNetworkPolicyTranslator.translate(metadata, spec, Datapath.TODAY);
        }
    }
}
