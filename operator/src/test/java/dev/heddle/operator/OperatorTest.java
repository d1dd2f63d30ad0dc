package dev.heddle.operator;

import static dev.heddle.operator.Api.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.crds.EnforcementReport;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.Heddle;
import dev.heddle.crds.HeddleSpec;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator against a real API server, with no rights but those of its role in {@code config/rbac}. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false, apiServerFlags = "--allow-privileged=true")
class OperatorTest {

    @KubeConfig
    static String kubeConfig;

    private static Api api;
    private KubernetesClient client;
    private RunningOperator operator;

    @BeforeAll
    static void install() throws Exception {
        api = new Api(kubeConfig);
        api.install();
        api.node("node1", "10.244.1.0/24");
        api.node("node2", "10.244.2.0/24");
    }

    @AfterAll
    static void close() {
        api.close();
    }

    @BeforeEach
    void start() {
        client = api.asOperator();
        operator = new RunningOperator(client);
    }

    @AfterEach
    void stop() {
        operator.close();
        client.close();
    }

    @Test
    void policiesBecomeTheHeadOfTheirNamespaceAndGoWithIt() throws Exception {
        api.namespace("shop");
        api.allow("shop", "web", "TCP", 80);
        api.namespace("plain");
        operator.lead();

        await("the head of shop has its policy", () -> hasPolicies("shop"));
        assertThat(api.sources("shop")).extracting("name").containsExactly("allow-web");
        PolicyHead head = api.admin.resources(PolicyHead.class).withName("shop").require();
        assertThat(head.getMetadata().getLabels()).containsEntry("heddle.dev/head", "shop");
        assertThat(head.getMetadata().getOwnerReferences())
                .extracting("kind", "name")
                .containsExactly(tuple("Namespace", "shop"));
        await("one without policies has a head too", () -> api.head("plain").isPresent());
        assertThat(api.head("plain").orElseThrow().set()).isEmpty();
        await("so has the cluster", () -> api.head("").isPresent());

        long before = api.head("shop").orElseThrow().sequence();
        api.admin.network().v1().networkPolicies().inNamespace("shop").delete();
        await("its last policy goes", () -> api.head("shop").orElseThrow().set().isEmpty());
        assertThat(api.head("shop").orElseThrow().sequence()).isGreaterThan(before);
    }

    @Test
    void aNodeIsToldItsRanges() throws Exception {
        operator.lead();
        madeAnew(NodeEndpoints.class);
        await("node1 has endpoints, whose fields nobody tracks", () -> isThereUntracked(NodeEndpoints.class));

        NodeEndpoints endpoints =
                api.admin.resources(NodeEndpoints.class).withName("node1").require();
        assertThat(endpoints.getSpec().allowedCIDRs()).containsExactly("10.244.1.0/24");
        assertThat(endpoints.getMetadata().getOwnerReferences())
                .extracting("kind", "name")
                .containsExactly(tuple("Node", "node1"));
    }

    /** A policy's change is one write, of the namespace's head. */
    @Test
    void neitherPoliciesNorPodsWriteANodeState() throws Exception {
        api.namespace("quiet");
        operator.lead();
        madeAnew(NodeState.class);
        await("node1 has a NodeState, whose fields nobody tracks", () -> isThereUntracked(NodeState.class));
        String version = nodeStateVersion();

        api.pod("quiet", "web", "node1");
        api.allow("quiet", "web", "TCP", 80);
        await("the policy is told", () -> api.sources("quiet").size() == 1);
        await("and reported", () -> policies("quiet").size() == 1);
        assertThat(nodeStateVersion()).isEqualTo(version);
    }

    /** An operator that ended between two writes, as tests have them end, leaves an object tracked until its spec changes. */
    private static void madeAnew(Class<? extends HasMetadata> kind) {
        api.admin.resources(kind).withName("node1").delete();
    }

    /** Daemons write its status often, and without {@code managedFields} that costs a third less. */
    private static boolean isThereUntracked(Class<? extends HasMetadata> kind) {
        HasMetadata object = api.admin.resources(kind).withName("node1").get();
        return object != null && object.getMetadata().getManagedFields().isEmpty();
    }

    /** Namespaces and policies are heard of by watches of their own, so a new namespace's first head may have none. */
    private static boolean hasPolicies(String namespace) {
        return !api.head(namespace).map(PolicyHeadSpec::content).orElse("").isEmpty();
    }

    private static String nodeStateVersion() {
        return api.admin
                .resources(NodeState.class)
                .withName("node1")
                .require()
                .getMetadata()
                .getResourceVersion();
    }

    @Test
    void aHeadThatSomebodyChangesOrDeletesIsPutBack() throws Exception {
        api.namespace("guarded");
        api.allow("guarded", "web", "TCP", 80);
        operator.lead();
        await(
                "the head has the policy",
                () -> !api.head("guarded")
                        .map(PolicyHeadSpec::content)
                        .orElse("")
                        .isEmpty());
        String content = api.head("guarded").orElseThrow().content();

        api.admin.resources(PolicyHead.class).withName("guarded").edit(head -> {
            PolicyHeadSpec said = head.getSpec();
            head.setSpec(new PolicyHeadSpec(
                    said.namespace(), said.sequence(), said.set(), 0, content.replace("80", "81"), said.since()));
            return head;
        });
        await(
                "its rules are put back",
                () -> content.equals(api.head("guarded").orElseThrow().content()));

        api.admin.resources(PolicyHead.class).withName("guarded").delete();
        await(
                "it is made anew",
                () -> content.equals(
                        api.head("guarded").map(PolicyHeadSpec::content).orElse("")));
    }

    /** The garbage collector would delete it again, and every node with pods there would be told of both. */
    @Test
    void aHeadThatGoesWithItsNamespaceIsNotMadeAnew() throws Exception {
        for (String namespace : List.of("closing", "staying")) {
            api.namespace(namespace);
        }
        operator.lead();
        for (String namespace : List.of("closing", "staying")) {
            await("the head of " + namespace, () -> api.head(namespace).isPresent());
        }
        api.admin.namespaces().withName("closing").delete(); // no controller here ends it
        for (String namespace : List.of("closing", "staying")) {
            api.admin.resources(PolicyHead.class).withName(namespace).delete();
        }

        await("one is made anew", () -> api.head("staying").isPresent());
        assertThat(api.head("closing")).isEmpty();
    }

    @Test
    void whatCannotBeEnforcedIsNamedAndHoldsUpNobodyElse() throws Exception {
        api.namespace("mixed");
        api.pod("mixed", "phone", "node1");
        LogEntries log = LogEntries.of("dev.heddle.operator");
        api.allowRollOut("mixed", "phone", "5d9c");
        api.allow("mixed", "web", "TCP", 80);
        operator.lead();

        await("both policies are reported", () -> policies("mixed").size() == 2);
        PolicyReport phone = policies("mixed").getFirst();
        assertThat(phone.problems())
                .extracting(FieldProblem::field)
                .containsExactly("spec.ingress[0].from[0].podSelector");
        assertThat(policies("mixed").getLast().problems()).isEmpty();
        assertThat(events("mixed"))
                .filteredOn(event -> event.getReason().equals("NotEnforced"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getInvolvedObject().getName()).isEqualTo("allow-phone");
                    assertThat(event.getMessage()).startsWith("spec.ingress[0].from[0].podSelector: ");
                });
        assertThat(api.kubectl("-n", "mixed", "events", "--for", "networkpolicy/allow-phone"))
                .containsPattern("Warning +NotEnforced +NetworkPolicy/allow-phone"
                        + " +spec.ingress\\[0\\].from\\[0\\].podSelector: ");
        assertThat(log.entries())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .as("the warning names the policy")
                .extracting(ExtLogRecord::getMdcCopy)
                .contains(Map.of(
                        "kind", "NetworkPolicy", "namespace", "mixed", "name", "allow-phone", "generation", "1"));
    }

    @Test
    void eventsAndTheReportSayWhatTheNodesSayAndFollowThePodsLabels() throws Exception {
        // Nodes of its own: no test has told them to detach.
        api.node("node3", "10.244.3.0/24");
        api.node("node4", "10.244.4.0/24");
        api.namespace("told");
        api.pod("told", "web", "node3");
        api.pod("told", "idle", "node4");
        api.allow("told", "web", "TCP", 80);
        operator.lead();
        await("it waits for node3", () -> waitingFor("told").equals(List.of("node3")));
        assertThat(events("told")).extracting(Event::getMessage).containsExactly("generation 1 is understood");

        api.enforces("node3", "told");
        await(
                "an Event says where it is enforced",
                () -> events("told").stream()
                        .map(Event::getMessage)
                        .anyMatch("generation 1 is enforced on 1 of 1 nodes: node3"::equals));
        assertThat(api.kubectl("-n", "told", "events", "--for", "networkpolicy/allow-web"))
                .containsPattern("Normal +Accepted +NetworkPolicy/allow-web +generation 1 is understood")
                .containsPattern(
                        "Normal +Enforced +NetworkPolicy/allow-web +generation 1 is enforced on 1 of 1 nodes: node3");
        await("and so does the report", () -> policies("told").getFirst().enforced() == 1);
        assertThat(api.kubectl("-n", "told", "describe", "enforcementreport"))
                .containsPattern("Name: +allow-web\\n")
                .containsPattern("State: +ENFORCED\\n");

        relabel("told", "idle", "web");
        await("the other pod is selected too", () -> waitingFor("told").equals(List.of("node4")));
        api.enforces("node4", "told");
        await("both nodes enforce it", () -> policies("told").getFirst().enforced() == 2);
        relabel("told", "idle", "idle");
        await("one is enough again", () -> policies("told").getFirst().desired() == 1);
    }

    @Test
    void anOperatorThatDoesNotLeadWritesNothingAndANewLeaderRepeatsNothing() throws Exception {
        api.namespace("calm");
        api.pod("calm", "web", "node2");
        api.allow("calm", "web", "TCP", 80);
        Thread.sleep(1000);
        assertThat(api.head("calm")).as("nobody leads").isEmpty();
        operator.lead();
        await("calm is reported", () -> policies("calm").size() == 1);
        Thread.sleep(3000); // the pause between two reports
        Map<String, String> before = versions();

        operator.close();
        operator = new RunningOperator(client).lead();
        Thread.sleep(3000);

        assertThat(versions()).isEqualTo(before);
    }

    /** An empty cache must not be taken for a cluster without policies. */
    @Test
    void anOperatorWhoseCachesHaveStoppedTakesNothingBack() throws Exception {
        api.namespace("ending");
        api.pod("ending", "web", "node2");
        api.allow("ending", "web", "TCP", 80);
        operator.lead();
        await("ending is reported", () -> policies("ending").size() == 1);
        Thread.sleep(3000); // the pause between two reports
        Map<String, String> before = versions();

        operator.stopCaches();
        Thread.sleep(2000);
        assertThat(versions()).isEqualTo(before);
    }

    /** Rules that are too many for a head are in PolicySets, all of which are there before a head names them. */
    @Test
    void noHeadEverNamesASetThatIsNotThereWhole() throws Exception {
        api.namespace("busy");
        operator.lead();
        List<String> missing = new CopyOnWriteArrayList<>();
        AtomicInteger big = new AtomicInteger();
        try (var _ = api.admin.resources(PolicyHead.class).withName("busy").watch(new Watcher<PolicyHead>() {
            @Override
            public void eventReceived(Action action, PolicyHead head) {
                PolicyHeadSpec spec = head.getSpec();
                if (spec.chunks() > 0) {
                    big.incrementAndGet();
                }
                for (String name : PolicySetContent.chunkNames(spec.set(), spec.chunks())) {
                    if (api.admin.resources(PolicySet.class).withName(name).get() == null) {
                        missing.add(name);
                    }
                }
            }

            @Override
            public void onClose(WatcherException cause) {}
        })) {
            for (int port = 1; port <= 10; port++) {
                api.allowMany("busy", "web", 3000, port);
                Thread.sleep(60);
            }
            await("the last generation is told", () -> bigGeneration("busy") == 10);
        }
        assertThat(big).as("heads with chunks").hasPositiveValue();
        assertThat(missing).isEmpty();
    }

    /** That of the one policy whose rules are in PolicySets. */
    private static long bigGeneration(String namespace) {
        PolicyHeadSpec head = api.head(namespace).orElseThrow();
        return PolicySetContent.chunkNames(head.set(), head.chunks()).stream()
                .map(name -> api.admin.resources(PolicySet.class).withName(name).get())
                .filter(Objects::nonNull)
                .flatMap(set -> set.getSpec().sources().stream())
                .mapToLong(PolicySource::generation)
                .findFirst()
                .orElse(0);
    }

    @Test
    void theHeddleObjectIsTheInstallation() throws Exception {
        operator.lead();
        Heddle heddle = new Heddle();
        heddle.getMetadata().setName(Heddle.NAME);
        heddle.setSpec(HeddleSpec.DEFAULTS);
        api.admin.resource(heddle).create();

        await(
                "the DaemonSet is there",
                () -> api.admin
                                .apps()
                                .daemonSets()
                                .inNamespace(RunningOperator.NAMESPACE)
                                .withName("heddle-node")
                                .get()
                        != null);
        assertThat(api.admin
                        .rbac()
                        .clusterRoleBindings()
                        .withName("heddle-node")
                        .get())
                .isNotNull();
        await("the Heddle says how far it is", () -> {
            Heddle now = api.admin.resources(Heddle.class).withName(Heddle.NAME).require();
            return now.getStatus() != null && now.getStatus().observedGeneration() == 1;
        });

        api.admin.resources(Heddle.class).withName(Heddle.NAME).delete();
        await(
                "nodes without a daemon need not be waited for",
                () -> api.admin.resources(Heddle.class).withName(Heddle.NAME).get() == null);
    }

    private static List<PolicyReport> policies(String namespace) {
        EnforcementReport report = api.admin
                .resources(EnforcementReport.class)
                .inNamespace(namespace)
                .withName(EnforcementReport.NAME)
                .get();
        return report == null || report.getStatus() == null
                ? List.of()
                : report.getStatus().policies();
    }

    private static List<String> waitingFor(String namespace) {
        return policies(namespace).stream()
                .flatMap(policy -> policy.waitingFor().stream())
                .toList();
    }

    private static void relabel(String namespace, String pod, String app) {
        api.admin.pods().inNamespace(namespace).withName(pod).edit(one -> {
            one.getMetadata().setLabels(Map.of("app", app));
            return one;
        });
    }

    private static List<Event> events(String namespace) {
        return api.admin.v1().events().inNamespace(namespace).list().getItems();
    }

    /** Every object that the operator writes, with its version. */
    private static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        for (Class<? extends HasMetadata> kind :
                List.of(NodeState.class, NodeEndpoints.class, PolicyHead.class, EnforcementReport.class, Event.class)) {
            api.admin
                    .resources(kind)
                    .inAnyNamespace()
                    .list()
                    .getItems()
                    .forEach(object -> versions.put(
                            object.getKind() + " " + object.getMetadata().getNamespace() + "/"
                                    + object.getMetadata().getName(),
                            object.getMetadata().getResourceVersion()));
        }
        return versions;
    }
}
