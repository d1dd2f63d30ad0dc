package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.identity.Identity;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server admits and refuses of Heddle's kinds, and what a node daemon's token may write. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
class AdmissionTest {

    private static final String HASH = "ab".repeat(32);

    @KubeConfig
    static String kubeConfig;

    private static KubernetesClient admin;
    private static NodeTokens tokens;

    @BeforeAll
    static void install(@TempDir Path scratch) throws Exception {
        Kubectl kubectl = new Kubectl(kubeConfig, scratch);
        kubectl.ok("apply", "-k", Kubectl.CONFIG.resolve("default").toString());
        for (Class<? extends HasMetadata> kind : CrdYaml.KINDS) {
            String crd = CustomResource.getCRDName(kind);
            kubectl.ok("wait", "--for=condition=Established", "crd/" + crd, "--timeout=30s");
        }
        admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeConfig))
                .build();
        tokens = new NodeTokens(admin, kubeConfig);
        for (int node = 1; node <= 2; node++) {
            tokens.addNode("node" + node);
            create(nodeEndpoints("node" + node, "10.244." + node + ".0/24", "fd00:" + node + "::/64"));
            create(nodeState("node" + node));
        }
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    @Test
    void thereIsOneHeddleNamedHeddle() {
        refused(() -> create(heddle("other")), "there is one Heddle for a cluster, named 'heddle'");

        create(heddle(Heddle.NAME));
        Heddle stored = admin.resources(Heddle.class).withName(Heddle.NAME).require();
        assertThat(stored.getSpec().onDelete()).isEqualTo(HeddleSpec.OnDelete.Detach);
    }

    @Test
    void aPolicySetIsNamedByAHashAndNeverChanges() {
        PolicySet set = new RandomRules(7).content(3, 10).chunks(1).getFirst();
        create(set);
        PolicySet stored = admin.resources(PolicySet.class)
                .withName(set.getMetadata().getName())
                .require();

        assertThat(PolicySetContent.reassemble(List.of(stored)).hash()).isEqualTo(stored.set());
        refused(
                () -> admin.resource(stored).edit(changed -> {
                    changed.setSpec(new PolicySetSpec("other", new Chunk(0, 1), List.of(), List.of()));
                    return changed;
                }),
                "a PolicySet is immutable");
        PolicySet empty =
                new PolicySetContent("shop", List.of(), List.of()).chunks(1).getFirst();
        assertThatCode(() -> create(empty)).doesNotThrowAnyException();
        PolicySet named = new RandomRules(8).content(1, 1).chunks(1).getFirst();
        named.getMetadata().setName("my-rules");
        refused(() -> create(named), "the name must be the SHA-256");
    }

    @Test
    void aPolicyHeadIsNamedAsItsNamespace() {
        assertThatCode(() -> create(new PolicyHead(PolicyHeadSpec.none("shop", 1), List.of())))
                .doesNotThrowAnyException();
        assertThatCode(() -> create(new PolicyHead(PolicyHeadSpec.none(Api.CLUSTER_WIDE, 2), List.of())))
                .doesNotThrowAnyException();
        PolicyHead other = new PolicyHead(PolicyHeadSpec.none("shop", 1), List.of());
        other.getMetadata().setName("kitchen");
        refused(() -> create(other), "the name must be that of the namespace");
        PolicyHead hash = new PolicyHead(new PolicyHeadSpec("bar", 1, "my-rules", 0, "", ""), List.of());
        refused(() -> create(hash), "spec.set");
    }

    @Test
    void anIdentityIsNamedByAHashAndNeverChanges() {
        PublishedIdentity web = new PublishedIdentity(Identity.of("shop", Map.of("app", "web"), List.of()));
        create(web);

        refused(
                () -> admin.resource(web).edit(changed -> {
                    changed.setSpec(
                            new PublishedIdentity(Identity.of("shop", Map.of("app", "api"), List.of())).getSpec());
                    return changed;
                }),
                "an Identity is immutable");
        PublishedIdentity named = new PublishedIdentity(Identity.of("shop", Map.of(), List.of()));
        named.getMetadata().setName("web");
        refused(() -> create(named), "the name must be the SHA-256");
    }

    @Test
    void aNodesRangesMustBeRanges() {
        refused(() -> create(nodeEndpoints("node9", "10.244.1.5")), "allowedCIDRs must be address ranges");
    }

    @Test
    void aDaemonWritesTheStatusOfItsOwnNode() {
        try (KubernetesClient daemon = tokens.daemonOf("node1")) {
            assertThatCode(() -> claim(daemon, "node1", "10.244.1.5", "fd00:1::5"))
                    .doesNotThrowAnyException();
            assertThatCode(() -> report(daemon, "node1")).doesNotThrowAnyException();
            assertThatCode(() -> daemon.resource(
                                    new PublishedIdentity(Identity.of("shop", Map.of("app", "db"), List.of())))
                            .create())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void anAddressOfAnotherNodeIsRefused() {
        try (KubernetesClient daemon = tokens.daemonOf("node1")) {
            refused(() -> claim(daemon, "node1", "10.244.2.5"), "every address must be inside spec.allowedCIDRs");
            refused(() -> claim(daemon, "node1", "fd00:2::5"), "every address must be inside spec.allowedCIDRs");
            refused(() -> claim(daemon, "node1", "10.244.1"), "every address must be inside spec.allowedCIDRs");
        }
    }

    @Test
    void theTokenOfAnotherNodesDaemonIsRefused() {
        try (KubernetesClient daemon = tokens.daemonOf("node1")) {
            refused(() -> claim(daemon, "node2", "10.244.2.5"), "of node node1 cannot write about node node2");
            refused(() -> report(daemon, "node2"), "of node node1 cannot write about node node2");
        }
    }

    @Test
    void aTokenThatIsBoundToNoNodeWritesNothing() {
        try (KubernetesClient daemon = tokens.unbound()) {
            refused(() -> claim(daemon, "node1", "10.244.1.5"), "must be bound to a pod on a node");
        }
    }

    @Test
    void aDaemonWritesNothingButStatusAndNewIdentitiesWhateverItsRoleSays() {
        try (KubernetesClient daemon = tokens.daemonOf("node1")) {
            String what = "a node daemon writes the status of its NodeState and NodeEndpoints, and creates identities";
            refused(
                    () -> daemon.resources(NodeEndpoints.class)
                            .withName("node1")
                            .edit(changed -> {
                                changed.setSpec(new NodeEndpointsSpec(List.of("0.0.0.0/0")));
                                return changed;
                            }),
                    what);
            refused(() -> daemon.resources(NodeState.class).withName("node1").delete(), what);
            refused(
                    () -> daemon.resource(
                                    new RandomRules(9).content(1, 1).chunks(1).getFirst())
                            .create(),
                    what);
        }
    }

    private static void claim(KubernetesClient client, String node, String... addresses) {
        List<EndpointClaim> claims = List.of(addresses).stream()
                .map(address -> new EndpointClaim(address, HASH, "uid-1"))
                .toList();
        StatusPatch.write(client, NodeEndpoints.class, node, NodeEndpointsStatus.of(claims));
    }

    private static void report(KubernetesClient client, String node) {
        NodeStateStatus status = new NodeStateStatus(
                1,
                12,
                12,
                7,
                List.of("shop=12"),
                1,
                List.of(),
                List.of(),
                List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("Enforcing")
                        .withMessage("")
                        .withLastTransitionTime("2026-01-01T00:00:00Z")
                        .build()));
        StatusPatch.write(client, NodeState.class, node, status);
    }

    private static NodeEndpoints nodeEndpoints(String node, String... ranges) {
        NodeEndpoints endpoints = new NodeEndpoints();
        endpoints.setMetadata(new ObjectMetaBuilder().withName(node).build());
        endpoints.setSpec(new NodeEndpointsSpec(List.of(ranges)));
        return endpoints;
    }

    private static NodeState nodeState(String node) {
        NodeState state = new NodeState();
        state.setMetadata(new ObjectMetaBuilder().withName(node).build());
        return state;
    }

    private static Heddle heddle(String name) {
        Heddle heddle = new Heddle();
        heddle.setMetadata(new ObjectMetaBuilder().withName(name).build());
        heddle.setSpec(HeddleSpec.DEFAULTS);
        return heddle;
    }

    private static void create(HasMetadata object) {
        admin.resource(object).create();
    }

    private static void refused(ThrowingCallable write, String message) {
        assertThatThrownBy(write).isInstanceOf(KubernetesClientException.class).hasMessageContaining(message);
    }
}
