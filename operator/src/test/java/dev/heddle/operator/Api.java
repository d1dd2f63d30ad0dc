package dev.heddle.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;

/** A real API server with {@code config/default} in it, and what users and kubelets would put there. */
public final class Api implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String kubeConfig;
    public final KubernetesClient admin;

    public Api(String kubeConfig) {
        this.kubeConfig = kubeConfig;
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeConfig))
                .build();
    }

    public void applyFolder(String folder) throws Exception {
        try (var files = Files.list(Path.of("../config", folder))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()) {
                try (var in = Files.newInputStream(file)) {
                    admin.load(in).items().forEach(item -> {
                        var resource = admin.resource(item);
                        if (item instanceof Namespaced && item.getMetadata().getNamespace() == null) {
                            resource.inNamespace(RunningOperator.NAMESPACE).createOr(r -> r.update());
                        } else {
                            resource.createOr(r -> r.update());
                        }
                    });
                }
            }
        }
    }

    /** A client with exactly the rights of the operator's service account. */
    KubernetesClient asOperator() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(operatorKubeConfig()))
                .build();
    }

    /** A kubeconfig with a token of the operator's service account. */
    public String operatorKubeConfig() {
        String token = admin.serviceAccounts()
                .inNamespace(RunningOperator.NAMESPACE)
                .withName("heddle-operator")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        var yaml = admin.getKubernetesSerialization();
        var config = yaml.unmarshal(kubeConfig, io.fabric8.kubernetes.api.model.Config.class);
        config.getUsers()
                .forEach(user ->
                        user.setUser(new AuthInfoBuilder().withToken(token).build()));
        return yaml.asYaml(config);
    }

    public void namespace(String name) {
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
        admin.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(name)
                        .withName("default")
                        .endMetadata()
                        .build())
                .create();
    }

    void node(String name, String range) {
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withPodCIDR(range)
                        .withPodCIDRs(range)
                        .endSpec()
                        .build())
                .create();
    }

    void pod(String namespace, String app, String node) {
        admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(app)
                        .withLabels(Map.of("app", app))
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(node)
                        .withServiceAccountName("default")
                        .withAutomountServiceAccountToken(false)
                        .addNewContainer()
                        .withName("main")
                        .withImage("example.org/none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** Lets everybody reach a port of an app's pods; applied again it is the next generation. */
    void allow(String namespace, String app, String protocol, int port) {
        NetworkPolicy policy = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("allow-" + app)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", app))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewPort()
                .withProtocol(protocol)
                .withNewPort(port)
                .endPort()
                .endIngress()
                .endSpec()
                .build();
        admin.resource(policy).createOr(r -> r.update());
    }

    /** Lets the pods of one roll-out reach an app: by a label that no identity has. */
    void allowRollOut(String namespace, String app, String hash) {
        NetworkPolicy policy = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("allow-" + app)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", app))
                .endPodSelector()
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(Map.of("pod-template-hash", hash))
                .endPodSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build();
        admin.resource(policy).create();
    }

    static void await(String what, Callable<Boolean> holds) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.call() && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        assertThat(holds.call()).as(what).isTrue();
    }

    @Override
    public void close() {
        admin.close();
    }
}
