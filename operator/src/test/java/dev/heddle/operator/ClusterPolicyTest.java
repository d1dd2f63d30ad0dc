package dev.heddle.operator;

import static dev.heddle.operator.Api.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** ClusterNetworkPolicies on a real API server that does not know the kind at first. */
@Tag("apiserver")
@NullUnmarked
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnableKubeAPIServer(updateKubeConfigFile = false, apiServerFlags = "--allow-privileged=true")
class ClusterPolicyTest {

    private static final String GUARD = """
            tier: Admin
            priority: 10
            subject: {namespaces: {matchLabels: {stage: live}}}
            ingress:
            - {action: Deny, from: [{namespaces: {matchLabels: {stage: test}}}]}
            """;

    @KubeConfig
    static String kubeConfig;

    private static Api api;
    private static KubernetesClient client;
    private static RunningOperator operator;

    @BeforeAll
    static void start() throws Exception {
        api = new Api(kubeConfig);
        api.install();
        api.node("node1", "10.244.1.0/24");
        api.node("node2", "10.244.2.0/24");
        api.namespace("shop");
        label("shop", "live");
        api.pod("shop", "web", "node1");
        client = api.asOperator();
        operator = new RunningOperator(client).lead();
    }

    @AfterAll
    static void stop() {
        operator.close();
        client.close();
        api.close();
    }

    @AfterEach
    void deletePolicies() throws Exception {
        if (definition().get() != null) {
            api.admin.resources(ClusterNetworkPolicy.class).delete();
            await("no node is told a cluster-wide policy", () -> "".equals(told()));
        }
    }

    @Test
    @Order(1)
    void withoutTheKindNodesAreToldThatThereIsNoSuchPolicy() throws Exception {
        await("they are told", () -> "".equals(told()));
    }

    @Test
    @Order(2)
    void whenTheKindAppearsItsPoliciesAreReadWithoutARestart() throws Exception {
        defineTheKind();
        create("guard", GUARD);

        await("nodes are told the set", () -> told().length() == 64);
        assertThat(api.sources("")).extracting("kind", "name").containsExactly(tuple("ClusterNetworkPolicy", "guard"));
    }

    @Test
    @Order(3)
    void conditionsAndEventsSayWhatTheNodesSay() throws Exception {
        create("guard", GUARD);
        await("it is accepted", () -> status("guard", "heddle.dev/Accepted").equals("True Accepted"));
        await("and waits for node1", () -> message("guard").startsWith("enforced on 0 of 1 nodes; waits for node1"));

        await("nodes are told the set", () -> told().length() == 64);
        api.enforces("node1", "");
        await("it is enforced", () -> status("guard", "heddle.dev/Enforced").equals("True Enforced"));
        assertThat(message("guard")).isEqualTo("enforced on 1 of 1 nodes");
        assertThat(condition("guard", "heddle.dev/Enforced").orElseThrow().getObservedGeneration())
                .isEqualTo(1);
        assertThat(events("guard"))
                .extracting(Event::getReason, Event::getMessage)
                .containsExactlyInAnyOrder(
                        tuple("Accepted", "generation 1 is understood"),
                        tuple("Enforced", "generation 1 is enforced on 1 of 1 nodes: node1"));
        assertThat(api.kubectl("describe", "clusternetworkpolicy", "guard"))
                .containsPattern("Type: +heddle.dev/Enforced\\n")
                .containsPattern("Normal +Accepted +\\S+ +heddle-operator +generation 1 is understood")
                .containsPattern(
                        "Normal +Enforced +\\S+ +heddle-operator +generation 1 is enforced on 1 of 1 nodes: node1");

        api.namespace("lab");
        label("lab", "live");
        api.pod("lab", "probe", "node2");
        await(
                "a namespace that it selects now needs node2 too",
                () -> message("guard").startsWith("enforced on 1 of 2 nodes; waits for node2"));
        label("lab", "test");
        await("and not any more", () -> message("guard").equals("enforced on 1 of 1 nodes"));
    }

    @Test
    @Order(4)
    void whatIsWrongIsNamedAndHoldsUpNoOtherPolicy() throws Exception {
        create("bad", """
                tier: Admin
                priority: 1
                subject: {namespaces: {}}
                egress:
                - {action: Accept, to: [{namespaces: {matchExpressions: [{key: a, operator: Equals, values: [b]}]}}]}
                """);
        create("names", """
                tier: Admin
                priority: 2
                subject: {namespaces: {}}
                egress:
                - {action: Accept, to: [{domainNames: [example.org]}]}
                """);
        create("guard", GUARD);
        await("all are in one set", () -> sources().equals(List.of("bad", "guard", "names")));
        api.enforces("node1", "");
        api.enforces("node2", "");

        await("guard is enforced", () -> status("guard", "heddle.dev/Enforced").equals("True Enforced"));
        await("bad is not", () -> status("bad", "heddle.dev/Accepted").equals("False Rejected"));
        assertThat(condition("bad", "heddle.dev/Accepted").orElseThrow().getMessage())
                .contains("spec.egress[0].to[0].namespaces.matchExpressions[0].operator: 'Equals' is no operator");
        await("names is in part", () -> status("names", "heddle.dev/Enforced").equals("False PartlyEnforced"));
        assertThat(status("names", "heddle.dev/Accepted")).isEqualTo("True Accepted");
        assertThat(message("names")).contains("spec.egress[0].to[0].domainNames: domain names are not enforced yet");
        assertThat(events("bad")).singleElement().satisfies(event -> {
            assertThat(event.getReason()).isEqualTo("Rejected");
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getMessage()).startsWith("spec.egress[0].to[0].namespaces.matchExpressions[0].operator: ");
        });
        assertThat(events("names")).extracting(Event::getReason).contains("NotEnforced");
    }

    @Test
    @Order(5)
    void conditionsOfOtherImplementationsStay() throws Exception {
        create("guard", GUARD);
        policy("guard").editStatus(policy -> {
            policy.setStatus(new ClusterNetworkPolicyStatus(List.of(new ConditionBuilder()
                    .withType("example.org/Ready")
                    .withStatus("True")
                    .withReason("Ready")
                    .withMessage("")
                    .withLastTransitionTime("2026-01-01T00:00:00Z")
                    .build())));
            return policy;
        });

        await(
                "Heddle's are there",
                () -> condition("guard", "heddle.dev/Enforced").isPresent());
        assertThat(condition("guard", "example.org/Ready")).isPresent();
    }

    @Test
    @Order(6)
    void aNewLeaderTakesNothingBackAndRepeatsNothing() throws Exception {
        create("guard", GUARD);
        await("nodes are told the set", () -> told().length() == 64);
        await("it waits for node1", () -> message("guard").contains("waits for node1"));
        String set = told();
        int events = events("guard").size();
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var _ = api.admin
                .resources(PolicyHead.class)
                .withName(PolicyHead.CLUSTER)
                .watch(new Watcher<PolicyHead>() {
                    @Override
                    public void eventReceived(Action action, PolicyHead head) {
                        seen.add(head.getSpec().set());
                    }

                    @Override
                    public void onClose(WatcherException cause) {}
                })) {
            operator.close();
            operator = new RunningOperator(client).lead();
            create("other", GUARD);
            await("the new leader reads them", () -> sources().equals(List.of("guard", "other")));
            await("that was seen", () -> seen.contains(told()));
        }
        assertThat(seen).as("never told that there are none").startsWith(set).doesNotContain("", "nothing");
        assertThat(events("guard")).hasSize(events);
    }

    @Test
    @Order(7)
    void whenTheKindIsDeletedAndComesBackItsPoliciesAreReadAgain() throws Exception {
        create("guard", GUARD);
        await("nodes are told the set", () -> told().length() == 64);
        definition().delete();
        await("the kind is gone", () -> definition().get() == null);
        await("and so are its policies", () -> "".equals(told()));

        defineTheKind();
        create("guard", GUARD);
        await("nodes are told the set again", () -> told().length() == 64);
    }

    private static void defineTheKind() throws Exception {
        api.applyFolder("clusternetworkpolicy");
        await("the kind is there", () -> {
            var status = definition().require().getStatus();
            return status != null
                    && status.getConditions() != null
                    && status.getConditions().stream()
                            .anyMatch(one -> one.getType().equals("Established")
                                    && one.getStatus().equals("True"));
        });
    }

    private static Resource<ClusterNetworkPolicy> policy(String name) {
        return api.admin.resources(ClusterNetworkPolicy.class).withName(name);
    }

    private static Resource<CustomResourceDefinition> definition() {
        return api.admin.apiextensions().v1().customResourceDefinitions().withName(ClusterNetworkPolicy.CRD_NAME);
    }

    private static void create(String name, String spec) {
        api.admin
                .resource(api.admin
                        .getKubernetesSerialization()
                        .unmarshal("""
                                apiVersion: policy.networking.k8s.io/v1alpha2
                                kind: ClusterNetworkPolicy
                                metadata: {name: %s}
                                spec:
                                %s""".formatted(name, spec.indent(2)), ClusterNetworkPolicy.class))
                .create();
    }

    private static void label(String namespace, String stage) {
        api.admin.namespaces().withName(namespace).edit(one -> {
            one.getMetadata().setLabels(Map.of("stage", stage));
            return one;
        });
    }

    /** The cluster-wide set that nodes are told to run; "nothing" when they are told nothing about it. */
    private static String told() {
        return api.head("").map(PolicyHeadSpec::set).orElse("nothing");
    }

    private static List<String> sources() {
        return api.sources("").stream().map(PolicySource::name).toList();
    }

    private static Optional<Condition> condition(String policy, String type) {
        ClusterNetworkPolicy now = policy(policy).require();
        return now.getStatus() == null
                ? Optional.empty()
                : now.getStatus().conditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    private static String status(String policy, String type) {
        return condition(policy, type)
                .map(condition -> condition.getStatus() + " " + condition.getReason())
                .orElse("");
    }

    private static String message(String policy) {
        return condition(policy, "heddle.dev/Enforced")
                .map(Condition::getMessage)
                .orElse("");
    }

    private static List<Event> events(String policy) {
        String uid = policy(policy).require().getMetadata().getUid();
        return api.admin.v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> uid.equals(event.getInvolvedObject().getUid()))
                .toList();
    }
}
