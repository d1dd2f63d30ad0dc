package dev.heddle.crds;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/**
 * Clients with the tokens that kubelets hand to node daemons: bound to a pod on a node. The service account is
 * made cluster admin, so that what is refused is refused by admission and not by its role.
 */
final class NodeTokens {

    private static final String NAMESPACE = "heddle-system";
    private static final String ACCOUNT = "heddle-node";

    private final KubernetesClient admin;
    private final String kubeConfig;

    NodeTokens(KubernetesClient admin, String kubeConfig) {
        this.admin = admin;
        this.kubeConfig = kubeConfig;
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(ACCOUNT)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("heddle-node-is-admin")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", ACCOUNT, NAMESPACE)
                        .build())
                .create();
    }

    /** A node and its daemon's pod. No kubelet runs it; the API knows where it would. */
    void addNode(String node) {
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("daemon-" + node)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(node)
                        .withServiceAccountName(ACCOUNT)
                        .addNewContainer()
                        .withName("daemon")
                        .withImage(HeddleSpec.DEFAULT_IMAGE)
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    KubernetesClient daemonOf(String node) {
        return client(new TokenRequestBuilder()
                .withNewSpec()
                .withNewBoundObjectRef("v1", "Pod", "daemon-" + node, null)
                .endSpec()
                .build());
    }

    KubernetesClient unbound() {
        return client(new TokenRequestBuilder().withNewSpec().endSpec().build());
    }

    private KubernetesClient client(TokenRequest request) {
        String token = admin.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(ACCOUNT)
                .tokenRequest(request)
                .getStatus()
                .getToken();
        Config config = Config.fromKubeconfig(kubeConfig);
        config.setClientCertFile(null);
        config.setClientCertData(null);
        config.setClientKeyFile(null);
        config.setClientKeyData(null);
        config.setOauthToken(token);
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
