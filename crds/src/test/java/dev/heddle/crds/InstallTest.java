package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static String defaultHeddle(String path) throws Exception {
        return kubectl.ok("-n", "heddle-system", "get", "configmap", "heddle-default", "-o", "jsonpath=" + path);
    }
}
