package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A user installs config/ with kubectl, several times and in both ways that kubectl has. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstallTest {

    private static final String DEFAULT = Kubectl.CONFIG.resolve("default").toString();
    private static final String HEDDLE = Kubectl.CONFIG.resolve("heddle").toString();

    @KubeConfig
    static String kubeConfig;

    private static Kubectl kubectl;

    @BeforeAll
    static void user(@TempDir Path scratch) throws IOException {
        kubectl = new Kubectl(kubeConfig, scratch);
    }

    @Test
    @Order(1)
    void oneCommandInstallsEverything() throws Exception {
        assertThat(kubectl.ok("apply", "-k", DEFAULT)).contains("deployment.apps/heddle-operator created");

        assertThat(defaultHeddle("{.data.heddle\\.yaml}"))
                .as("what the operator makes of it is what config/heddle holds")
                .isEqualTo(Files.readString(Kubectl.CONFIG.resolve("default/heddle/heddle.yaml")));
    }

    @Test
    @Order(2)
    void theSecondTimeChangesNothing() throws Exception {
        assertThat(kubectl.ok("apply", "-k", DEFAULT).lines()).allMatch(line -> line.endsWith(" unchanged"));
        assertThat(kubectl.run("diff", "-k", DEFAULT).text()).isEmpty();
    }

    @Test
    @Order(3)
    void serverSideApplyTakesOverWithoutConflictAndWithoutChange() throws Exception {
        assertThat(kubectl.ok("apply", "--server-side", "-k", DEFAULT)).doesNotContain("conflict");
        assertThat(kubectl.ok("apply", "--server-side", "-k", DEFAULT)).doesNotContain("conflict");
        assertThat(kubectl.run("diff", "--server-side", "-k", DEFAULT)).isEqualTo(new Kubectl.Said(0, ""));
    }

    @Test
    @Order(4)
    void theOperatorsMarkOutlivesTheNextApply() throws Exception {
        kubectl.ok("-n", "heddle-system", "annotate", "configmap", "heddle-default", "heddle.dev/installed-as=heddle");

        kubectl.ok("apply", "--server-side", "-k", DEFAULT);
        kubectl.ok("apply", "-k", DEFAULT);

        assertThat(kubectl.run("diff", "-k", DEFAULT).text()).isEmpty();
        assertThat(defaultHeddle("{.metadata.annotations.heddle\\.dev/installed-as}"))
                .isEqualTo("heddle");
    }

    @Test
    @Order(5)
    void theInstallationObjectCanBeAppliedOnceItsKindIsKnown() throws Exception {
        kubectl.ok("wait", "--for=condition=Established", "crd/heddles.heddle.dev", "--timeout=30s");

        kubectl.ok("apply", "--server-side", "-k", HEDDLE);

        assertThat(kubectl.run("diff", "--server-side", "-k", HEDDLE)).isEqualTo(new Kubectl.Said(0, ""));
        assertThat(kubectl.ok("get", "heddle-all")).contains("heddle.heddle.dev/heddle");
        assertThat(kubectl.ok("get", "heddles")).contains("NAME     READY   DESIRED   STATUS   AGE");
    }

    @Test
    @Order(6)
    void kubectlShowsColumnsByShortName() throws Exception {
        assertThat(kubectl.ok("get", "nst,nep,phead,pset,hid", "--ignore-not-found"))
                .isEmpty();
        assertThat(kubectl.ok("get", "erep", "-A")).contains("No resources found");
        assertThat(kubectl.ok("explain", "nodestates.status.live")).contains("NAMESPACE=SEQUENCE");
        assertThat(kubectl.ok("explain", "heddles.spec.onDelete")).contains("Keep: the last policy stays in force");
    }

    @Test
    @Order(7)
    void aNodeStateShowsHowFarItsNodeIs() throws Exception {
        nodeState();
        assertThat(kubectl.ok("get", "nodestates").replaceAll(" +", " ").lines())
                .satisfiesExactly(
                        header ->
                                assertThat(header).isEqualTo("NAME REVISION TOLD INFORCE ENDPOINTS READY ENFORCED AGE"),
                        row -> assertThat(row).matches("node1 7 12 11 3 True False \\d+s"));
        assertThat(kubectl.ok("get", "nst", "-o", "wide").replaceAll(" +", " ").lines())
                .satisfiesExactly(
                        header -> assertThat(header)
                                .isEqualTo("NAME REVISION TOLD INFORCE ENDPOINTS READY ENFORCED MESSAGE AGE"),
                        row -> assertThat(row).matches("node1 7 12 11 3 True False sequence 12 is on its way \\d+s"));
    }

    /** One whose daemon was told sequence 12, and enforces what was told until sequence 11. */
    private static void nodeState() throws Exception {
        try (KubernetesClient admin = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeConfig))
                .build()) {
            NodeState state = new NodeState();
            state.setMetadata(new ObjectMetaBuilder().withName("node1").build());
            state.setSpec(new NodeStateSpec(NodeStateSpec.Mode.Enforce));
            NodeState created = admin.resource(state).create();
            created.setStatus(new NodeStateStatus(
                    1,
                    12,
                    11,
                    7,
                    List.of(),
                    3,
                    List.of(),
                    List.of(),
                    List.of(
                            condition("Ready", "True", ""),
                            condition("Enforced", "False", "sequence 12 is on its way"))));
            admin.resource(created).updateStatus();
        }
    }

    private static Condition condition(String type, String status, String message) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason("AsTold")
                .withMessage(message)
                .withLastTransitionTime("2026-01-01T00:00:00Z")
                .build();
    }

    private static String defaultHeddle(String path) throws Exception {
        return kubectl.ok("-n", "heddle-system", "get", "configmap", "heddle-default", "-o", "jsonpath=" + path);
    }
}
