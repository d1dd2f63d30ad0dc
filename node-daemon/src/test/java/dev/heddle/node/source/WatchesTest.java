package dev.heddle.node.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.NamespaceSet;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
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
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
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
    void theClusterWideSetIsFoundBeforeANodeStateNamesItAndReadWhenOneDoes(@TempDir Path folder) throws Exception {
        PolicySource source = new PolicySource("ClusterNetworkPolicy", "guard", "uid", 1);
        PolicySet set = new PolicySetContent(Sets.CLUSTER_WIDE, List.of(source), List.of())
                .chunks(1)
                .getFirst();
        client.resource(set).create();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        try {
            SetReader reader = new SetReader(
                    client, executor, EVENTS::add, SetFiles.in(folder, client.getKubernetesSerialization()));
            reader.find(Sets.CLUSTER_WIDE);
            await("it is found", () -> WORLD.sets().knows(Sets.CLUSTER_WIDE));
            assertThat(WORLD.sets().names(set.set())).isFalse();

            NodeState state = new NodeState();
            state.getMetadata().setName("one");
            state.setSpec(new NodeStateSpec(List.of(new NamespaceSet(Sets.CLUSTER_WIDE, set.set(), 1))));
            client.resource(state).create();
            await("the NodeState names it", () -> WORLD.sets().names(set.set()));
            assertThat(WORLD.sets().missing()).as("it was read before").isEmpty();
        } finally {
            executor.shutdownNow();
        }
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
            }
        }
        assertThat(holds.getAsBoolean()).as(what).isTrue();
    }
}
