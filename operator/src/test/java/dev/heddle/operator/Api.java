package dev.heddle.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

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

    /** What an operator needs to be there. */
    public void install() throws Exception {
        namespace(RunningOperator.NAMESPACE);
        applyFolder("crd");
        applyFolder("rbac");
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

    /** What nodes are told of a namespace, or of the cluster; empty while they are told nothing. */
    Optional<PolicyHeadSpec> head(String namespace) {
        return Optional.ofNullable(admin.resources(PolicyHead.class)
                        .withName(PolicyHead.nameOf(namespace))
                        .get())
                .map(PolicyHead::getSpec);
    }

    /** The objects that the head's rules were made from. */
    List<PolicySource> sources(String namespace) {
        return head(namespace)
                .flatMap(PolicyHeadSpec::inside)
                .map(PolicySetContent::sources)
                .orElse(List.of());
    }

    /** What a node's daemon would say when it enforces what it is told of the namespace now. */
    void enforces(String node, String namespace) {
        long sequence = head(namespace).orElseThrow().sequence();
        admin.resources(NodeState.class).withName(node).editStatus(state -> {
            state.setStatus(new NodeStateStatus(
                    state.getMetadata().getGeneration(),
                    sequence,
                    sequence,
                    1,
                    List.of(namespace + "=" + sequence),
                    1,
                    List.of(),
                    List.of(),
                    List.of()));
            return state;
        });
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

    /** Lets so many ranges reach a port of an app's pods: rules that are too many for a head. */
    void allowMany(String namespace, String app, int ranges, int port) {
        NetworkPolicy policy = new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("allow-many")
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", app))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .withIngress(IntStream.range(0, ranges)
                        .mapToObj(i -> new NetworkPolicyIngressRuleBuilder()
                                .addNewFrom()
                                .withNewIpBlock()
                                .withCidr("10." + i / 256 + "." + i % 256 + ".0/24")
                                .endIpBlock()
                                .endFrom()
                                .addNewPort()
                                .withProtocol("TCP")
                                .withNewPort(port)
                                .endPort()
                                .build())
                        .toList())
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

    /** What the kubectl that belongs to the API server says, to the administrator. */
    String kubectl(String... arguments) throws Exception {
        Path settings = Files.writeString(Files.createTempFile("kubeconfig", ""), kubeConfig);
        try (var versions = Files.list(Path.of(System.getenv("KUBE_API_TEST_DIR"), "k8s"))) {
            Path binary = versions.map(version -> version.resolve("kubectl"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            List<String> command = new ArrayList<>(List.of(binary.toString(), "--kubeconfig", settings.toString()));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } finally {
            Files.delete(settings);
        }
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
