package dev.heddle.operator;

import dev.heddle.operator.write.Loop;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * One operator writes at a time: the holder of the Lease {@code heddle-operator}. The others keep their caches
 * warm. JOSDK starts the election after all caches are in sync. A process that loses the lease ends, as soon as the API
 * server answers: what it knows may be old, and the next one starts from what the API server has. One that is told to end
 * gives the lease back, so that the next need not wait until it runs out.
 */
@Singleton
final class Leadership implements ConfigurationServiceCustomizer {

    private static final String LEASE = "heddle-operator";
    /** Before every observer that does not say when: JOSDK's is one. */
    private static final int FIRST = 1;

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final Loop loop;
    private final KubernetesClient client;
    private final ApiServer server;
    private final String namespace;
    private final String identity;
    private final Duration lease;
    private volatile boolean isTold;

    Leadership(
            Loop loop,
            KubernetesClient client,
            ApiServer server,
            @ConfigProperty(name = "heddle.namespace") String namespace,
            @ConfigProperty(name = "heddle.identity") String identity,
            @ConfigProperty(name = "heddle.lease") Duration lease) {
        this.loop = loop;
        this.client = client;
        this.server = server;
        this.namespace = namespace;
        this.lease = lease;
        // Two processes of one host must not take each other for themselves.
        this.identity = identity + "-" + ProcessHandle.current().pid();
    }

    @Override
    public Consumer<ConfigurationServiceOverrider> overrider() {
        return configuration -> configuration.withLeaderElectionConfiguration(
                LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                        .withLeaseNamespace(namespace)
                        .withIdentity(identity)
                        // The proportions of client-go: 15 s, 10 s and 2 s.
                        .withLeaseDuration(lease)
                        .withRenewDeadline(lease.multipliedBy(2).dividedBy(3))
                        .withRetryPeriod(lease.multipliedBy(2).dividedBy(15))
                        .withLeaderCallbacks(new LeaderCallbacks(
                                loop::lead, this::end, leader -> LOG.infof("the leader is %s", leader)))
                        .build());
    }

    /** The loop ends before JOSDK stops the caches that it looks into, and the election. */
    void shutDown(@Observes @Priority(FIRST) ShutdownEvent event) {
        isTold = true;
        loop.close();
    }

    /** JOSDK only says that it has stopped leading, and would go on. A shutdown of the leader comes here too. */
    private void end() {
        loop.close();
        if (isTold) {
            giveBack();
            return;
        }
        LOG.warn("this process does not lead any more, and ends");
        // On a thread of its own: while the process ends already, exit does not return.
        Thread.ofPlatform().name("exit").daemon().start(() -> {
            server.await();
            System.exit(1);
        });
    }

    /** JOSDK keeps it, and has no setting for that. */
    private void giveBack() {
        try {
            Lease held = client.leases().inNamespace(namespace).withName(LEASE).get();
            if (held == null || !identity.equals(held.getSpec().getHolderIdentity())) {
                return;
            }
            held.getSpec().setHolderIdentity(null);
            client.resource(held).update(); // of this version: a conflict is somebody else's lease
            LOG.info("this process ends; the lease is free");
        } catch (KubernetesClientException e) {
            LOG.infof(
                    "this process ends; its lease runs out by itself, for it cannot be given back: %s", e.getMessage());
        }
    }
}
