package dev.heddle.node.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.policy.compile.NodeView.ClusterNode;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon of node one knows after what happens at a real API server. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false)
class WatchesTest {

    private static final long SECONDS = 60;
    private static final BlockingQueue<Consumer<World>> EVENTS = new LinkedBlockingQueue<>();
    private static final World WORLD = new World("one");

    @KubeConfig
    static String kubeConfig;

    private static KubernetesClient client;
    private static long sequence;
    private static Watches watches;

    @BeforeAll
    static void start() throws Exception {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeConfig))
                .build();
        HeddleKinds.define(client);
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("default")
                        .endMetadata()
                        .build())
                .createOr(account -> account.update());
        node("one", "work", "192.0.2.1", "2001:db8::1");
        watches = new Watches("one", EVENTS::add);
        watches.start(client, () -> {});
        await("everything is read", WORLD::isSynced);
    }

    @AfterAll
    static void stop() {
        watches.close();
        client.close();
    }

    @Test
    void nodesAreKnownByTheAddressesInTheirStatusAndByTheirLabels() throws Exception {
        await("this node was there first", () -> knows(true, "work", "192.0.2.1", "2001:db8::1"));

        Node two = node("two", "edge", "192.0.2.2");
        await("another appears", () -> knows(false, "edge", "192.0.2.2"));

        client.nodes().withName("two").edit(node -> {
            node.getMetadata().setLabels(Map.of("role", "idle"));
            return node;
        });
        addresses("two", "192.0.2.3");
        await("it is relabelled, and moves", () -> knows(false, "idle", "192.0.2.3"));

        client.resource(two).delete();
        await("it goes", () -> WORLD.nodes().all().size() == 1);
    }

    @Test
    void namedPortsAreThoseOfContainersThatRunAsLongAsTheirPod() throws Exception {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("web")
                        .withLabels(Map.of("app", "web"))
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("one")
                        .withAutomountServiceAccountToken(false)
                        .addToContainers(container("main", "http", "TCP", 8080))
                        .addToContainers(container("signals", "sig", "SCTP", 2905))
                        .addToInitContainers(container("once", "setup", "TCP", 1))
                        .addToInitContainers(new ContainerBuilder(container("beside", "metrics", "TCP", 9000))
                                .withRestartPolicy("Always")
                                .build())
                        .endSpec()
                        .build())
                .create();
        await("the pod is known", () -> pod() != null);
        assertThat(pod().ports())
                .containsExactly(
                        new NamedPort("http", Protocol.TCP, 8080),
                        new NamedPort("metrics", Protocol.TCP, 9000),
                        new NamedPort("sig", Protocol.SCTP, 2905));
        assertThat(pod().identity().ports()).isEqualTo(pod().ports());

        client.pods().inNamespace("default").withName("web").edit(pod -> {
            pod.getMetadata().setLabels(Map.of("app", "idle"));
            return pod;
        });
        await("its new labels are known", () -> pod().labels().equals(Map.of("app", "idle")));
    }

    @Test
    void theHeadsOfTheNamespacesThatHavePodsHereAreFollowed() throws Exception {
        head(PolicyHeadSpec.none("followed", ++sequence));
        head(PolicyHeadSpec.none("elsewhere", ++sequence));
        pod("followed", "a");

        await(
                "a namespace's first pod has its head followed",
                () -> WORLD.sets().knows("followed"));
        assertThat(WORLD.sets().knows("elsewhere")).isFalse();
        await("it can be kept", () -> watches.objects().anyMatch(object -> isHead(object, "followed")));

        PolicySetContent content = content("followed");
        head(PolicyHeadSpec.of(content, ++sequence, List.of()));
        await("its rules come with it", () -> WORLD.sets().names(content.hash()));
        assertThat(WORLD.sets().missing()).isEmpty();
        assertThat(WORLD.sets().told()).isEqualTo(sequence);

        pod("elsewhere", "b");
        await("another namespace is new here", () -> WORLD.sets().knows("elsewhere"));
        head(PolicyHeadSpec.none("followed", ++sequence));
        await("the first is followed all the same", () -> WORLD.sets().told() == sequence);

        client.pods().inNamespace("followed").withName("a").withGracePeriod(0).delete();
        await("its pod goes", () -> !WORLD.namespaces().contains("followed"));
        pod("third", "c");
        head(PolicyHeadSpec.none("third", ++sequence));
        await("a third namespace is followed", () -> WORLD.sets().knows("third"));
        Composer rounds = new Composer(WORLD, false);
        await(
                "and the first is not any more",
                () -> rounds.compose().isPresent() && !WORLD.sets().knows("followed"));
    }

    @Test
    void aHeadThatIsDeletedIsKnownNoMore() throws Exception {
        head(PolicyHeadSpec.none("passing", ++sequence));
        pod("passing", "a");
        await("it is followed", () -> WORLD.sets().knows("passing"));

        client.resources(PolicyHead.class).withName("passing").delete();
        await("it goes", () -> !WORLD.sets().knows("passing"));
        head(PolicyHeadSpec.none("passing", ++sequence));
        await("another comes", () -> WORLD.sets().knows("passing"));
    }

    @Test
    void rulesThatAreNotWhatTheirHeadSaysAreNotUsed() throws Exception {
        PolicySetContent content = content("forged");
        head(new PolicyHeadSpec("forged", ++sequence, content.hash(), 0, "{}", ""));
        pod("forged", "a");
        await("it is followed", () -> WORLD.sets().knows("forged"));
        assertThat(WORLD.sets().broken()).containsKey(content.hash());

        head(PolicyHeadSpec.of(content, ++sequence, List.of()));
        await("it is put right", () -> !WORLD.sets().broken().containsKey(content.hash()));
    }

    @Test
    void aHeadIsLookedUpBeforeAWatchBringsIt(@TempDir Path folder) throws Exception {
        head(PolicyHeadSpec.none("lookedup", ++sequence));
        find(folder, "lookedup");

        assertThat(WORLD.sets().told()).isEqualTo(sequence);
    }

    /** No operator has told of them, and nobody waits for one: what it will say is what is made of them here. */
    @Test
    void policiesThatNoHeadTellsOfAreReadHere(@TempDir Path folder) throws Exception {
        NetworkPolicy policy = client.resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("closed")
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .endPodSelector()
                        .withPolicyTypes("Ingress")
                        .endSpec()
                        .build())
                .create();
        PolicySetContent content = PolicySetContent.of("default", List.of(TranslatedPolicy.of(policy)));

        find(folder, "default");
        assertThat(WORLD.sets().isLoaded(content.hash())).isTrue();

        head(PolicyHeadSpec.of(content, ++sequence, List.of()));
        pod("default", "told");
        await("the operator says the same", () -> WORLD.sets().names(content.hash()));
        assertThat(WORLD.sets().missing()).isEmpty();
    }

    @Test
    void clusterWidePoliciesThatNoHeadTellsOfAreReadHereToo(@TempDir Path folder) throws Exception {
        client.resources(PolicyHead.class).withName(PolicyHead.CLUSTER).delete();
        await("there is no cluster-wide head", () -> !WORLD.sets().knows(Sets.CLUSTER_WIDE));

        find(folder, Sets.CLUSTER_WIDE);
        assertThat(WORLD.sets().knows(Sets.CLUSTER_WIDE))
                .as("without the kind there is none")
                .isTrue();
        WORLD.sets().lookAgain(Sets.CLUSTER_WIDE);

        HeddleKinds.defineClusterNetworkPolicy(client);
        ClusterNetworkPolicy guard = client.getKubernetesSerialization().unmarshal("""
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: guard}
                spec:
                  tier: Admin
                  priority: 10
                  subject: {namespaces: {}}
                  ingress: [{action: Deny, from: [{namespaces: {}}]}]
                """, ClusterNetworkPolicy.class);
        String uid = client.resource(guard).create().getMetadata().getUid();
        find(folder, Sets.CLUSTER_WIDE);
        assertThat(WORLD.sets().isLoaded(guarded(uid).hash())).isTrue();
    }

    /** What the operator makes of the cluster-wide policy. */
    private static PolicySetContent guarded(String uid) {
        var stored = client.genericKubernetesResources("policy.networking.k8s.io/v1alpha2", ClusterNetworkPolicy.KIND)
                .withName("guard")
                .require();
        assertThat(stored.getMetadata().getUid()).isEqualTo(uid);
        return PolicySetContent.of(
                Sets.CLUSTER_WIDE,
                List.of(TranslatedPolicy.ofCluster(
                        stored.getMetadata(),
                        client.getKubernetesSerialization().convertValue(stored.get("spec"), JsonNode.class))));
    }

    /** Has the namespace's policies looked up, and waits until they are. */
    private static void find(Path folder, String namespace) throws Exception {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            SetReader reader = new SetReader(
                    client, executor, EVENTS::add, SetFiles.in(folder, client.getKubernetesSerialization()));
            reader.find(namespace);
            await("it is found", () -> WORLD.sets().knows(namespace));
        } finally {
            executor.shutdownNow();
        }
    }

    private static void head(PolicyHeadSpec spec) {
        client.resource(new PolicyHead(spec, List.of())).createOr(there -> there.update());
    }

    private static boolean isHead(HasMetadata object, String namespace) {
        return object instanceof PolicyHead head && head.getSpec().namespace().equals(namespace);
    }

    private static PolicySetContent content(String namespace) {
        return new PolicySetContent(
                namespace, List.of(new PolicySource("NetworkPolicy", "allow", "uid", 1)), List.of());
    }

    /** A pod of this node; its namespace is made when it is not there. */
    private static void pod(String namespace, String name) {
        if (client.namespaces().withName(namespace).get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            client.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName("default")
                            .endMetadata()
                            .build())
                    .create();
        }
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("one")
                        .withAutomountServiceAccountToken(false)
                        .addToContainers(container("main", "http", "TCP", 8080))
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void whatIsDeletedWhileTheFirstListsAreTakenInStaysDeleted() throws Exception {
        Node brief = node("brief", "brief", "192.0.2.9");
        World world = new World("one");
        AtomicInteger replays = new AtomicInteger();
        CountDownLatch gone = new CountDownLatch(1);
        AtomicBoolean deleting = new AtomicBoolean();
        AtomicReference<Watches> watching = new AtomicReference<>();
        Consumer<Consumer<World>> loop = event -> {
            // The third kind is nodes: the deletion comes before what the list held.
            if (isReplay() && replays.incrementAndGet() == 3) {
                deleting.set(true);
                client.resource(brief).delete();
                try {
                    assertThat(gone.await(SECONDS, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            synchronized (world) {
                event.accept(world);
            }
            if (deleting.get()
                    && watching.get()
                            .objects()
                            .noneMatch(object -> object.getMetadata().getName().equals("brief"))) {
                gone.countDown();
            }
        };
        try (Watches late = new Watches("one", loop)) {
            watching.set(late);
            late.start(client, () -> {});
            await("everything is read", () -> isSynced(world));
            assertThat(replays).as("it was deleted meanwhile").hasValueGreaterThan(2);
            assertThat(hasBrief(world)).isFalse();
        }
        await("it goes", () -> !hasBrief(WORLD));
    }

    private static boolean isSynced(World world) {
        synchronized (world) {
            return world.isSynced();
        }
    }

    private static boolean hasBrief(World world) {
        synchronized (world) {
            return world.nodes().all().stream().anyMatch(node -> node.labels().containsValue("brief"));
        }
    }

    private static boolean isReplay() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("replay")));
    }

    private static boolean knows(boolean own, String role, String... addresses) {
        ClusterNode wanted = new ClusterNode(
                Map.of("role", role), Stream.of(addresses).map(Cidr::host).toList(), own);
        return WORLD.nodes().all().stream()
                .anyMatch(node -> node.own() == wanted.own()
                        && node.labels().equals(wanted.labels())
                        && Set.copyOf(node.addresses()).equals(Set.copyOf(wanted.addresses())));
    }

    private static OwnPod pod() {
        return WORLD.pods().pod("default", "web", null).orElse(null);
    }

    private static Node node(String name, String role, String... addresses) {
        Node node = client.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(Map.of("role", role))
                        .endMetadata()
                        .build())
                .create();
        addresses(name, addresses);
        return node;
    }

    private static void addresses(String node, String... addresses) {
        List<NodeAddress> all = new ArrayList<>(Stream.of(addresses)
                .map(address -> new NodeAddress(address, "InternalIP"))
                .toList());
        all.add(new NodeAddress(node, "Hostname"));
        client.nodes().withName(node).editStatus(now -> {
            now.setStatus(
                    new NodeStatusBuilder(now.getStatus()).withAddresses(all).build());
            return now;
        });
    }

    private static Container container(String name, String port, String protocol, int number) {
        return new ContainerBuilder()
                .withName(name)
                .withImage("example.org/none")
                .addNewPort()
                .withName(port)
                .withProtocol(protocol)
                .withContainerPort(number)
                .endPort()
                .build();
    }

    /** Takes events as the daemon's loop would, until this holds. */
    private static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!holds.getAsBoolean() && System.nanoTime() < end) {
            Consumer<World> event = EVENTS.poll(100, TimeUnit.MILLISECONDS);
            if (event != null) {
                event.accept(WORLD);
                watches.follow(WORLD);
            }
        }
        assertThat(holds.getAsBoolean()).as(what).isTrue();
    }
}
