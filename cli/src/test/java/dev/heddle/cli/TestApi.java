package dev.heddle.cli;

import dev.heddle.cli.cluster.ApiCluster;
import dev.heddle.cli.command.Commands;
import dev.heddle.cli.command.Session;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real API server with Heddle's kinds, and the plugin as a user of it runs it. */
final class TestApi implements AutoCloseable {

    final KubernetesClient admin;
    private final Config config;
    private final Path kubeConfig;

    TestApi(String kubeConfigYaml, Path scratch) throws IOException {
        kubeConfig = Files.writeString(scratch.resolve("kubeconfig"), kubeConfigYaml);
        config = Config.fromKubeconfig(kubeConfigYaml);

        admin = new KubernetesClientBuilder().withConfig(config).build();
        for (String folder : List.of("../config/crd", "../config/rbac/user-roles.yaml")) {
            try (var files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith("s.yaml"))
                        .filter(path -> !path.endsWith("kustomization.yaml"))
                        .toList()) {
                    try (var in = Files.newInputStream(file)) {
                        admin.load(in)
                                .items()
                                .forEach(item -> admin.resource(item).createOr(existing -> existing.update()));
                    }
                }
            }
        }
        awaitKinds();
    }

    private void awaitKinds() {
        admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .resources()
                .forEach(crd -> crd.waitUntilCondition(
                        now -> now.getStatus() != null
                                && now.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS));
    }

    /** Returns what the API server made of it. */
    <T extends HasMetadata> T create(T object) {
        return admin.resource(object).create();
    }

    /** Creates an object whose status others would write. */
    <S> void create(CustomResource<?, S> object, S status) {
        CustomResource<?, S> created = admin.resource(object).create();
        created.setStatus(status);
        admin.resource(created).updateStatus();
    }

    /** Creates an object as its writers left it. */
    void createWithStatus(HasMetadata object) {
        HasMetadata created = admin.resource(object).createOr(existing -> existing.update());
        if (Serialization.asJson(object).contains("\"status\"")) {
            object.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
            admin.resource(object).updateStatus();
        }
    }

    /** Creates what a document says, and waits until a kind that it defines is served. */
    void apply(String yaml) throws IOException {
        try (var in = new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))) {
            admin.load(in).create();
        }
        awaitKinds();
    }

    /** Words of a command line. */
    static String[] words(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    void namespace(String name) {
        create(new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build());
    }

    /** The kubeconfig of a new service account, whose context has this namespace. */
    Path user(String namespace, String name, Path scratch) throws IOException {
        create(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .build());
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(name)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        return Files.writeString(
                scratch.resolve(name), """
                apiVersion: v1
                kind: Config
                current-context: own
                contexts:
                - {name: own, context: {cluster: test, user: me, namespace: %s}}
                - {name: nowhere, context: {cluster: closed, user: me}}
                clusters:
                - name: test
                  cluster: {server: "%s", certificate-authority: %s}
                - name: closed
                  cluster: {server: "https://127.0.0.1:1"}
                users:
                - {name: me, user: {token: %s}}
                """.formatted(namespace, config.getMasterUrl(), config.getCaCertFile(), token));
    }

    /** What Kubernetes' role "view" is about here, and Heddle's share of it, which a controller would add. */
    void mayView(String namespace, String user) {
        create(new ClusterRoleBuilder()
                .withNewMetadata()
                .withName("view-policies")
                .endMetadata()
                .addNewRule()
                .withApiGroups("networking.k8s.io")
                .withResources("networkpolicies")
                .withVerbs("get", "list", "watch")
                .endRule()
                .addNewRule()
                .withApiGroups("")
                .withResources("pods", "namespaces")
                .withVerbs("get", "list", "watch")
                .endRule()
                .build());
        for (String role : List.of("heddle-view", "view-policies")) {
            create(new RoleBindingBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(role)
                    .endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                    .addNewSubject()
                    .withKind("ServiceAccount")
                    .withNamespace(namespace)
                    .withName(user)
                    .endSubject()
                    .build());
        }
    }

    /** What a command did. */
    record Outcome(int exit, String out, String err) {}

    /** Runs a command as the administrator. */
    Outcome heddle(String... arguments) {
        return heddle(kubeConfig, arguments);
    }

    static Outcome heddle(Path kubeConfig, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Session session = new Session(
                ApiCluster::open,
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false,
                InstantSource.system());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeConfig.toString()));
        int exit = Commands.of(session).execute(all.toArray(String[]::new));
        return new Outcome(exit, out.toString(), err.toString());
    }

    /** A document that a command printed as JSON or YAML. */
    static <T> T read(String document, Class<T> type) {
        return Serialization.unmarshal(document, type);
    }

    @Override
    public void close() {
        admin.close();
    }
}
