package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import dev.heddle.policy.translate.Translation;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real API server admits and refuses of ClusterNetworkPolicies, by the definition that Heddle ships. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
class ClusterNetworkPolicyAdmissionTest {

    private static final Path SAMPLES = Kubectl.CONFIG.resolve("samples/cluster-policies");

    @KubeConfig
    static String kubeConfig;

    private static Kubectl kubectl;

    @TempDir
    static Path scratch;

    @BeforeAll
    static void define() throws Exception {
        kubectl = new Kubectl(kubeConfig, scratch);
        kubectl.ok("apply", "-k", Kubectl.CONFIG.resolve("clusternetworkpolicy").toString());
        kubectl.ok("wait", "--for=condition=Established", "crd/" + ClusterNetworkPolicy.CRD_NAME, "--timeout=30s");
    }

    @Test
    void theSamplesAreAdmittedAndUnderstood() throws Exception {
        kubectl.ok("apply", "--validate=strict", "-f", SAMPLES.toString());

        assertThat(kubectl.ok("get", "cnp")).contains("NAME", "TIER", "PRIORITY", "ACCEPTED", "ENFORCED", "AGE");
        var yaml = new KubernetesSerialization();
        for (String name : List.of("no-metadata-service", "shop-apart")) {
            ClusterNetworkPolicy stored =
                    yaml.unmarshal(kubectl.ok("get", "cnp", name, "-o", "yaml"), ClusterNetworkPolicy.class);
            Translation translation =
                    ClusterNetworkPolicyTranslator.translate(stored.getMetadata(), stored.getSpec(), Datapath.TODAY);
            assertThat(translation.problems()).as(name).isEmpty();
            assertThat(translation.rules()).as(name).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            tier: Middle    | spec.tier: Unsupported value
            priority: 1001  | spec.priority: Invalid value
            subject: {}     | spec.subject: Invalid value
            ingress: [{action: Log, from: [{namespaces: {}}]}]        | spec.ingress[0].action: Unsupported value
            ingress: [{action: Deny, from: []}]                       | spec.ingress[0].from: Invalid value
            ingress: [{action: Deny, from: [{}]}]                     | spec.ingress[0].from[0]: Invalid value
            ingress: [{action: Deny, from: [{nodes: {}}]}]            | unknown field "spec.ingress[0].from[0].nodes"
            egress: [{action: Deny, to: [{networks: [10.0.0.1]}]}]    | write ADDRESS/LENGTH
            egress: [{action: Deny, to: [{nodes: {}}], protocols: [{destinationNamedPort: a}]}] | have no named ports
            egress: [{action: Deny, to: [{namespaces: {}, nodes: {}}]}]                   | spec.egress[0].to[0]: Too many: 2
            egress: [{action: Deny, to: [{pods: {}}]}]                | spec.egress[0].to[0].pods.podSelector: Required
            """)
    void whatIsWrongIsRefusedByItsField(String field, String message) throws Exception {
        String name = field.substring(0, field.indexOf(':'));
        String good = """
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: wrong}
                spec:
                  tier: Admin
                  priority: 1
                  subject: {namespaces: {}}
                """;
        String kept = good.lines()
                .filter(line -> !line.startsWith("  " + name + ":"))
                .collect(java.util.stream.Collectors.joining(System.lineSeparator()));
        Path file = Files.writeString(scratch.resolve("wrong.yaml"), kept + "\n  " + field + "\n");

        Kubectl.Said said = kubectl.run("apply", "--validate=strict", "-f", file.toString());
        assertThat(said.text()).contains(message);
        assertThat(said.exit()).isNotZero();
    }
}
