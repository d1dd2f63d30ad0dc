package dev.heddle.cli.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.failure.NoAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as people give them to kubectl. */
class ManifestsTest {

    @Test
    void documentsListsAndJsonAreRead() {
        Manifests manifests = Manifests.read("""
                # a comment
                ---
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "a"}}
                ---
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: b, namespace: data}}
                - {apiVersion: v1, kind: Service, metadata: {name: web}}
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicyList
                items:
                - {metadata: {name: guard}, spec: {tier: Admin}}
                """, "file", "shop");

        assertThat(manifests.policies())
                .extracting(PolicyObject::key)
                .extracting(Object::toString)
                .containsExactly("NetworkPolicy shop/a", "NetworkPolicy data/b", "ClusterNetworkPolicy guard");
        assertThat(manifests.ignored()).containsExactly("v1 Service web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: [",
                "just text",
                "kind: NetworkPolicy",
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy}",
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a}, spec: {ingress: {}}}"
            })
    void whatCannotBeReadNamesTheDocument(String text) {
        assertThatThrownBy(() -> Manifests.read(text, "policies.yaml", "shop"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageStartingWith("policies.yaml, document 1: ");
    }

    @ParameterizedTest
    @CsvSource({
        "networkpolicy/web, NetworkPolicy shop/web",
        "netpol/data/db, NetworkPolicy data/db",
        "NetworkPolicies/db, NetworkPolicy shop/db",
        "clusternetworkpolicy/guard, ClusterNetworkPolicy guard",
        "cnp/guard, ClusterNetworkPolicy guard"
    })
    void deletionsAreNamedAsWithKubectl(String text, String key) {
        assertThat(Manifests.key(text, "shop")).hasToString(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "pod/web", "cnp/shop/guard", "netpol/a/b/c"})
    void otherDeletionsAreRefused(String text) {
        assertThatThrownBy(() -> Manifests.key(text, "shop"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageStartingWith("'" + text + "' names no policy");
    }
}
