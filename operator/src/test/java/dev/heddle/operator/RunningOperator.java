package dev.heddle.operator;

import dev.heddle.operator.install.DefaultHeddleReconciler;
import dev.heddle.operator.install.HeddleReconciler;
import dev.heddle.operator.source.ClusterPolicyReconciler;
import dev.heddle.operator.source.EnforcementReportReconciler;
import dev.heddle.operator.source.NamespaceReconciler;
import dev.heddle.operator.source.NetworkPolicyReconciler;
import dev.heddle.operator.source.NodeEndpointsReconciler;
import dev.heddle.operator.source.NodeReconciler;
import dev.heddle.operator.source.NodeStateReconciler;
import dev.heddle.operator.source.PodReconciler;
import dev.heddle.operator.source.PolicyHeadReconciler;
import dev.heddle.operator.source.PolicySetReconciler;
import dev.heddle.operator.write.Applier;
import dev.heddle.operator.write.Grace;
import dev.heddle.operator.write.Loop;
import dev.heddle.operator.write.Pass;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The operator as Quarkus wires it, in this process, with the rights of the client that it is given. */
final class RunningOperator implements AutoCloseable {

    static final String NAMESPACE = "heddle-system";

    static final Grace GRACE = new Grace(Duration.ofSeconds(60), Duration.ofMinutes(10));

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final Operator operator;
    private final Loop loop;
    private final Set<String> reconciled = ConcurrentHashMap.newKeySet();

    RunningOperator(KubernetesClient client) {
        this(client, GRACE);
    }

    RunningOperator(KubernetesClient client, Grace grace) {
        this(client, grace, LEASE, loop -> configuration -> {});
    }

    /**
     * Starts.
     *
     * @param election how it becomes the leader; without one {@link #lead()} says when
     */
    RunningOperator(
            KubernetesClient client,
            Grace grace,
            Duration lease,
            Function<Loop, Consumer<ConfigurationServiceOverrider>> election) {
        Clock clock = Clock.systemUTC();
        Applier applier = new Applier(client);
        loop = new Loop(
                inbox -> new Pass(applier, grace, clock, inbox), new SteadyClock(SteadyClock.UPTIME, clock), lease);
        operator = new Operator(configuration -> election.apply(loop)
                .accept(configuration
                        .withKubernetesClient(client)
                        .withCloseClientOnStop(false)
                        .withUseSSAToPatchPrimaryResource(false) // as quarkus.operator-sdk.enable-ssa
                        .withMetrics(new Metrics() {
                            @Override
                            public void reconciliationFinished(
                                    HasMetadata object, RetryInfo retry, Map<String, Object> metadata) {
                                reconciled.add(version(object));
                            }
                        })
                        .checkingCRDAndValidateLocalModel(false)));
        operator.register(new NetworkPolicyReconciler(loop));
        operator.register(new ClusterPolicyReconciler(loop));
        operator.register(new NamespaceReconciler(loop));
        operator.register(new PodReconciler(loop));
        operator.register(new NodeReconciler(loop));
        operator.register(new NodeStateReconciler(loop));
        operator.register(new NodeEndpointsReconciler(loop));
        operator.register(new PolicyHeadReconciler(loop));
        operator.register(new PolicySetReconciler(loop));
        operator.register(new EnforcementReportReconciler(loop));
        operator.register(new HeddleReconciler(applier, loop, clock, NAMESPACE));
        operator.register(new DefaultHeddleReconciler(applier, clock), config -> config.settingNamespace(NAMESPACE));
        loop.start();
        operator.start();
    }

    /** What winning the lease does. */
    RunningOperator lead() {
        loop.lead();
        return this;
    }

    /** Whether a reconciler has looked at this version of the object, and is done with it. */
    boolean hasReconciled(HasMetadata object) {
        return reconciled.contains(version(object));
    }

    private static String version(HasMetadata object) {
        return object.getMetadata().getUid() + " " + object.getMetadata().getResourceVersion();
    }

    /** Its caches stop, as when a process ends, and the rest goes on. */
    RunningOperator stopCaches() {
        operator.stop();
        return this;
    }

    @Override
    public void close() {
        loop.close();
        operator.stop();
    }
}
