package dev.heddle.operator;

import dev.heddle.operator.write.Loop;
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
 * server answers: what it knows may be old, and the next one starts from what the API server has.
 */
@Singleton
final class Leadership implements ConfigurationServiceCustomizer {

    private static final String LEASE = "heddle-operator";
    /** Before every observer that does not say when: JOSDK's is one. */
    private static final int FIRST = 1;

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final Loop loop;
    private final ApiServer server;
    private final String namespace;
    private final String identity;
    private final Duration lease;

    Leadership(
            Loop loop,
            ApiServer server,
            @ConfigProperty(name = "heddle.namespace") String namespace,
            @ConfigProperty(name = "heddle.identity") String identity,
            @ConfigProperty(name = "heddle.lease") Duration lease) {
        this.loop = loop;
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

    /** The loop ends before JOSDK stops the caches that it looks into. */
    void shutDown(@Observes @Priority(FIRST) ShutdownEvent event) {
        loop.close();
    }

    /** JOSDK only says that it has stopped leading, and would go on. A shutdown comes here too. */
    private void end() {
        loop.close();
        LOG.warn("this process does not lead any more, and ends");
        // On a thread of its own: while the process ends already, exit does not return.
        Thread.ofPlatform().name("exit").daemon().start(() -> {
            server.await();
            System.exit(1);
        });
    }
}
