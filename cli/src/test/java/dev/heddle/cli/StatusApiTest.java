package dev.heddle.cli;

import static dev.heddle.cli.status.Reported.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.TestApi.Outcome;
import dev.heddle.crds.EnforcementReport;
import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.Heddle;
import dev.heddle.crds.HeddleSpec;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.HeddleStatus.NodeCounts;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.policy.rule.Problem.Severity;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl heddle status} against a real API server. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
class StatusApiTest {

    @KubeConfig
    static String kubeConfig;

    @TempDir
    static Path scratch;

    private static TestApi api;
    private static Path tenant;

    @BeforeAll
    static void fill() throws Exception {
        api = new TestApi(kubeConfig, scratch);
        Heddle heddle = new Heddle();
        heddle.setMetadata(new ObjectMetaBuilder().withName(Heddle.NAME).build());
        heddle.setSpec(HeddleSpec.DEFAULTS);
        api.create(heddle, new HeddleStatus(1, new NodeCounts(2, 2), List.of(condition("Ready", "True", ""))));
        node("node1", 1);
        node("node2", 0);
        api.namespace("shop");
        api.namespace("data");
        report("shop", policy("shop", "web"), State.ENFORCED);
        report(
                "data",
                policy("data", "web"),
                State.PARTIAL,
                new FieldProblem("spec.ingress[0]", "not yet", Severity.NOT_ENFORCED));
        tenant = api.user("shop", "tenant", scratch);
        api.mayView("shop", "tenant");
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @Test
    void theWholeClusterIsRead() {
        Outcome outcome = api.heddle("status");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out())
                .startsWith("Heddle is ready on 2 of 2 nodes.")
                .containsPattern("node1 +7 +1/1 +3 +\\d+s +yes")
                .containsPattern("node2 +7 +0/1 +3 +\\d+s +no: sequence 1 is not in force")
                .containsPattern("data +NetworkPolicy/web +PARTIAL +2/2\n  spec.ingress\\[0\\]: not yet")
                .endsWith("1 of 2 policies are enforced.\n");
        assertThat(api.heddle("status", "-o", "json").out())
                .contains("\"told\" : 1", "\"inForce\" : 0", "\"state\" : \"PARTIAL\"");
    }

    @Test
    void whoMayViewANamespaceSeesItsPolicies() {
        assertThat(TestApi.heddle(tenant, "status", "-n", "shop"))
                .isEqualTo(new Outcome(0, "1 of 1 policies are enforced.\n", ""));
        assertThat(TestApi.heddle(tenant, "status")).satisfies(outcome -> {
            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err()).startsWith("error: you may not read /api").contains("forbidden");
        });
    }

    @Test
    void aClusterThatCannotBeReachedIsNamed() {
        assertThat(TestApi.heddle(tenant, "status", "--context", "nowhere")).satisfies(outcome -> {
            assertThat(outcome.exit()).isEqualTo(3);
            assertThat(outcome.err()).startsWith("error: cannot reach https://127.0.0.1:1");
        });
        assertThat(TestApi.heddle(tenant, "status", "--context", "unheard").err())
                .isEqualTo("error: the kubeconfig has no context 'unheard'\n");
        assertThat(TestApi.heddle(scratch.resolve("absent"), "status").err())
                .isEqualTo("error: there is no kubeconfig file " + scratch.resolve("absent") + "\n");
    }

    private static void node(String name, long inForce) {
        api.create(
                new NodeBuilder().withNewMetadata().withName(name).endMetadata().build());
        NodeState state = new NodeState();
        state.setMetadata(new ObjectMetaBuilder().withName(name).build());
        state.setSpec(new NodeStateSpec(NodeStateSpec.Mode.Enforce));
        List<Condition> conditions = List.of(
                condition("Ready", "True", "revision 7 is live"),
                condition("Enforced", inForce == 1 ? "True" : "False", "sequence 1 is not in force"));
        api.create(state, new NodeStateStatus(1, 1, inForce, 7, List.of(), 3, List.of(), List.of(), conditions));
    }

    /** Returns its uid. */
    private static String policy(String namespace, String name) {
        return api.create(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .endPodSelector()
                        .endSpec()
                        .build())
                .getMetadata()
                .getUid();
    }

    private static void report(String namespace, String uid, State state, FieldProblem... problems) {
        EnforcementReport report = new EnforcementReport();
        report.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(EnforcementReport.NAME)
                .build());
        PolicyReport policy =
                new PolicyReport("NetworkPolicy", "web", uid, 1, 2, 2, 0, List.of(), List.of(problems), state);
        api.create(report, new EnforcementReportStatus(List.of(policy), List.of()));
    }
}
