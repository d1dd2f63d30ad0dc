package dev.heddle.node.netns;

import dev.heddle.bench.Comparison;
import dev.heddle.bench.Published;
import dev.heddle.bench.Report;
import dev.heddle.crds.Api;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.node.apply.Applier;
import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.World;
import dev.heddle.node.loop.NodeLoop;
import dev.heddle.node.source.HeadReader;
import dev.heddle.policy.rule.Cidr;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long one node's daemon takes from the event that tells of a policy until the kernel enforces it, on a node as they are in a
 * cluster of 1,000 nodes, 30,000 pods and 30,000 policies: 30 pods of 30 namespaces with 33 policies each. The event is the text
 * that the API server sends; it is read, checked, compiled and flipped as in the daemon, by its own loop.
 */
@Tag("bench")
class AgentBench {

    private static final int PODS = 30;
    private static final int POLICIES = 33;
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 300;
    /** People's pace, in which the collector of garbage has its turns too. */
    private static final long PACE_MILLIS = 20;

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final BlockingQueue<Long> flips = new LinkedBlockingQueue<>();
    private long sequence;

    private enum Kind {
        CREATE,
        CHANGE,
        DELETE
    }

    @Test
    void agent() throws Exception {
        try (TestPins _ = new TestPins();
                ManyPods _ = ManyPods.up(PODS);
                BpfKernel kernel = BpfKernel.adopt(TestPins.FOLDER, Optional.empty())) {
            World world = new World("one");
            BigCluster.fill(world);
            world.peers().ranges("one", List.of(Cidr.parse(ManyPods.RANGE)));
            for (int i = 0; i < PODS; i++) {
                OwnPod own = new OwnPod(
                        "n" + i,
                        ManyPods.name(i),
                        "uid-" + ManyPods.name(i),
                        Map.of("app", "a0"),
                        List.of(),
                        "",
                        false,
                        false);
                world.pods().pod(own);
                world.pods().attached(ManyPods.attached(i, "n" + i), own);
                HeadReader.read(json.unmarshal(head(i, policies(i)), PolicyHead.class))
                        .accept(world);
            }
            HeadReader.read(new PolicyHead(PolicyHeadSpec.none(Api.CLUSTER_WIDE, ++sequence), List.of()))
                    .accept(world);
            world.synced();
            NodeLoop loop = new NodeLoop(
                    world,
                    new Composer(world, false),
                    new Applier(Flips.watched(kernel, () -> flips.add(System.nanoTime()))),
                    kernel.observe(),
                    List.of());
            Thread thread = Thread.ofPlatform().start(loop::run);
            try {
                loop.submit(nothing -> {});
                flip();
                System.out.printf(
                        "a head of %d policies has %d bytes%n",
                        POLICIES, head(0, policies(0)).length());
                publish(measure(loop));
            } finally {
                loop.stop();
                thread.join();
            }
        }
    }

    private Map<Kind, List<Double>> measure(NodeLoop loop) throws InterruptedException {
        Map<Kind, List<Double>> millis = new EnumMap<>(Kind.class);
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            Kind kind = Kind.values()[Math.floorMod(i, Kind.values().length)];
            int namespace = Math.floorDiv(i, Kind.values().length);
            String event = head(Math.floorMod(namespace, PODS), changed(kind, Math.floorMod(namespace, PODS), i));
            Thread.sleep(PACE_MILLIS);
            long began = System.nanoTime();
            loop.submit(HeadReader.read(json.unmarshal(event, PolicyHead.class)));
            double took = (flip() - began) / 1e6;
            if (i >= 0) {
                millis.computeIfAbsent(kind, none -> new ArrayList<>()).add(took);
            }
        }
        return millis;
    }

    /** A namespace's policies after one of them came, changed or went. */
    private static List<NetworkPolicy> changed(Kind kind, int namespace, int round) {
        List<NetworkPolicy> policies = policies(namespace);
        switch (kind) {
            case CREATE -> policies.add(policy(namespace, POLICIES, 1, 8080));
            case CHANGE -> policies.add(policy(namespace, POLICIES, 2, 9000 + Math.floorMod(round, 100)));
            case DELETE -> {}
        }
        return policies;
    }

    private static List<NetworkPolicy> policies(int namespace) {
        return new ArrayList<>(IntStream.range(0, POLICIES)
                .mapToObj(number -> policy(namespace, number, 1, 8080))
                .toList());
    }

    /** Lets one app of the namespace, and one of another, reach a port of the pod. */
    private static NetworkPolicy policy(int namespace, int number, int generation, int port) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace("n" + namespace)
                .withName("policy-" + number)
                .withUid("uid-" + namespace + "-" + number)
                .withGeneration((long) generation)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", "a0"))
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", "a" + (1 + number)))
                .endPodSelector()
                .endFrom()
                .addNewFrom()
                .withNewNamespaceSelector()
                .withMatchLabels(Map.of("name", "n" + (namespace + number) % 50))
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(Map.of("app", "a" + (2 + number)))
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withProtocol("TCP")
                .withNewPort(port)
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }

    /** The head that the operator writes, as the API server sends it. */
    private String head(int namespace, List<NetworkPolicy> policies) {
        PolicySetContent content = PolicySetContent.of(
                "n" + namespace, policies.stream().map(TranslatedPolicy::of).toList());
        long now = ++sequence;
        PolicyHead head = new PolicyHead(
                PolicyHeadSpec.of(
                        content, now, policies.stream().map(policy -> now).toList()),
                List.of());
        head.getMetadata().setResourceVersion(String.valueOf(now));
        return json.asJson(head);
    }

    private long flip() throws InterruptedException {
        Long at = flips.poll(30, TimeUnit.SECONDS);
        if (at == null) {
            throw new IllegalStateException("it did not flip");
        }
        return at;
    }

    private static void publish(Map<Kind, List<Double>> millis) throws Exception {
        List<Comparison> cases = new ArrayList<>();
        millis.forEach((kind, took) -> cases.addAll(Published.beside(
                "agent",
                kind.name().toLowerCase(Locale.ROOT),
                "ms to enforced",
                took.stream().mapToDouble(Double::doubleValue).toArray())));
        Report.publish("agent", "ms", "published", cases);
    }
}
