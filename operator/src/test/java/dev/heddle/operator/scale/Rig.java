package dev.heddle.operator.scale;

import dev.heddle.crds.EnforcementReport;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.operator.Api;
import dev.heddle.operator.OperatorProcess;
import dev.heddle.operator.scale.Latencies.Took;
import dev.heddle.operator.scale.PolicyChanges.Kind;
import dev.heddle.operator.scale.SimulatedNodes.Told;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Fills a cluster, starts the operator, lets things happen, and measures. */
final class Rig implements AutoCloseable {

    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int AT_A_TIME = 24;

    private static final long BEGAN = System.nanoTime();

    private final Scale scale;
    private final Path scratch;
    private final Api api;
    private final KubernetesClient client;
    private final Writers writers = new Writers(AT_A_TIME);
    /** What nodes write does not wait for what is made of pods. */
    private final Writers daemons = new Writers(AT_A_TIME);

    private final Latencies latencies = new Latencies();
    private final CountingProxy toOperator;
    private final CountingProxy toNode;
    private final String kubeConfig;

    Rig(Scale scale, String kubeConfig, Path scratch) throws Exception {
        Leftovers.goWithThisProcess();
        this.scale = scale;
        this.scratch = scratch;
        this.kubeConfig = kubeConfig;
        api = new Api(kubeConfig);
        client = api.admin;
        URI server = URI.create(client.getConfiguration().getMasterUrl());
        toOperator = new CountingProxy(server);
        toNode = new CountingProxy(server);
    }

    Figures run() throws Exception {
        api.install();
        try (SimulatedNodes nodes = new SimulatedNodes(client, daemons, latencies, scale.nodes())) {
            Churn churn = new Churn(scale, client, writers, nodes);
            fill(churn);
            Path config = Files.writeString(scratch.resolve("kubeconfig"), toOperator.in(api.operatorKubeConfig()));
            long started = System.nanoTime();
            try (OperatorProcess operator = OperatorProcess.shipped(config, "scale", LEASE)) {
                say("the operator runs, as process " + operator.pid());
                await("all nodes told", operator, () -> allTold(churn, nodes));
                Duration told = Duration.ofNanos(System.nanoTime() - started);
                await("all reports", operator, this::allReported);
                say(nodes.reopened() + " watches were ended by the API server until then, and opened again");
                Duration reported = Duration.ofNanos(System.nanoTime() - started);
                writers.each(scale.nodes(), nodes::publish);
                return measure(churn, nodes, operator, told, reported);
            }
        }
    }

    private void fill(Churn churn) throws Exception {
        say("filling the cluster");
        writers.each(
                scale.nodes(), i -> client.resource(Population.nodeObject(i)).create());
        writers.each(
                scale.namespaces(),
                i -> client.resource(Population.namespaceObject(i)).create());
        var identities = Population.identities(scale.namespaces()).toList();
        writers.each(
                identities.size(),
                i -> client.resource(new PublishedIdentity(identities.get(i))).create());
        writers.each(
                scale.policies(),
                i -> client.resource(Population.policy(
                                Population.namespace(i % scale.namespaces()), i / scale.namespaces(), 8080))
                        .create());
        churn.fill();
        say("the cluster is full");
    }

    private Figures measure(
            Churn churn, SimulatedNodes nodes, OperatorProcess operator, Duration told, Duration reported)
            throws Exception {
        MeasuredProcess process = new MeasuredProcess(operator.pid());
        PolicyChanges changes = new PolicyChanges(scale, client, churn, nodes, latencies);
        try (OneNodesWatches _ =
                new OneNodesWatches(toNode.in(kubeConfig), Population.node(0), churn.namespacesOf(0))) {
            long listed = toNode.received();
            await("a daemon's lists", operator, () -> isQuiet(listed));
            Shares idle = cpu(process, () -> Thread.sleep(scale.idle()));
            say("nothing happened; now pods change");

            long operatorBytes = toOperator.received();
            long nodeBytes = toNode.received();
            long began = System.nanoTime();
            Shares churning = cpu(process, () -> churn.run(scale.churn()));
            double rate = churn.changes() / seconds(began);
            double perOperator = (double) (toOperator.received() - operatorBytes) / churn.changes();
            double perNode = (double) (toNode.received() - nodeBytes) / churn.changes();
            say("now policies change too");

            Thread pods = Thread.ofPlatform().start(() -> churn.run(PATIENCE));
            Shares changing = cpu(process, changes::run);
            pods.interrupt();
            pods.join();
            writers.check();
            daemons.check();
            say(nodes.reopened() + " watches were ended by the API server in all");
            Map<Kind, List<Took>> took = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                took.put(kind, changes.took(kind));
            }
            return new Figures(
                    told,
                    reported,
                    idle,
                    churning,
                    changing,
                    rate,
                    perOperator,
                    perNode,
                    process.liveHeapMebibytes(),
                    process.peakResidentMebibytes(),
                    took);
        }
    }

    private boolean allTold(Churn churn, SimulatedNodes nodes) {
        for (int i = 0; i < scale.namespaces(); i++) {
            String namespace = Population.namespace(i);
            for (int node : churn.nodesOf(namespace)) {
                Told head = nodes.told(node, namespace);
                if (head == null || head.set().isEmpty()) {
                    return false;
                }
            }
        }
        return client.resources(NodeEndpoints.class).list().getItems().size() == scale.nodes();
    }

    private boolean allReported() {
        var reports = client.resources(EnforcementReport.class)
                .inAnyNamespace()
                .list()
                .getItems();
        return reports.size() == scale.namespaces()
                && reports.stream()
                        .allMatch(report -> report.getStatus() != null
                                && report.getStatus().conditions().stream()
                                        .allMatch(condition ->
                                                condition.getStatus().equals("True")));
    }

    /** Whether nothing is sent to a daemon any more, after its lists. */
    private boolean isQuiet(long before) throws InterruptedException {
        long now = toNode.received();
        Thread.sleep(500);
        return now > before && toNode.received() - now < 4_096;
    }

    private interface Step {
        void run() throws Exception;
    }

    /** CPU seconds that are taken in each second of the step. */
    private static Shares cpu(MeasuredProcess operator, Step step) throws Exception {
        Shares before = Shares.now(operator);
        long began = System.nanoTime();
        step.run();
        return Shares.now(operator).since(before, seconds(began));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void await(String what, OperatorProcess operator, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() > end || !operator.isAlive()) {
                throw new IllegalStateException(
                        what + " did not happen; the operator " + (operator.isAlive() ? "runs" : "has ended"));
            }
            Thread.sleep(200);
        }
        say(what);
    }

    private static void say(String what) {
        System.out.printf("scale: %6.1f s: %s%n", seconds(BEGAN), what);
    }

    @Override
    public void close() throws IOException {
        writers.close();
        daemons.close();
        api.close();
        toOperator.close();
        toNode.close();
    }
}
