package dev.heddle.operator.install;

import dev.heddle.crds.Api;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;

/**
 * Who the node daemon is and what it may do. The operator's own role must hold everything in here, or the API
 * server refuses to let it grant this. The admission policy of {@code config/rbac} narrows the writes further, to
 * the objects of the daemon's own node.
 */
final class NodeAccess {

    private static final List<String> READ = List.of("get", "list", "watch");
    private static final List<String> WRITE = List.of("get", "update", "patch");

    static final List<PolicyRule> RULES = List.of(
            rule("", List.of("nodes", "namespaces", "pods", "services"), READ),
            rule("discovery.k8s.io", List.of("endpointslices"), READ),
            rule(Api.GROUP, List.of("policyheads", "policysets", "nodestates", "nodeendpoints", "identities"), READ),
            // For pods of a namespace that the operator has not told of yet.
            rule("networking.k8s.io", List.of("networkpolicies"), List.of("list")),
            rule("policy.networking.k8s.io", List.of("clusternetworkpolicies"), List.of("list")),
            rule(Api.GROUP, List.of("identities"), List.of("create")),
            rule(Api.GROUP, List.of("nodestates/status", "nodeendpoints/status"), WRITE));

    private NodeAccess() {}

    static ServiceAccount serviceAccount(Installation installation) {
        return new ServiceAccountBuilder()
                .withMetadata(installation.namespacedMetadata())
                .build();
    }

    static ClusterRole role(Installation installation) {
        return new ClusterRoleBuilder()
                .withMetadata(installation.metadata())
                .withRules(RULES)
                .build();
    }

    static ClusterRoleBinding binding(Installation installation) {
        return new ClusterRoleBindingBuilder()
                .withMetadata(installation.metadata())
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", Installation.NAME)
                .addNewSubject()
                .withKind("ServiceAccount")
                .withName(Installation.NAME)
                .withNamespace(installation.namespace())
                .endSubject()
                .build();
    }

    private static PolicyRule rule(String group, List<String> resources, List<String> verbs) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}
