package dev.heddle.operator;

import dev.heddle.operator.write.Loop;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * One operator writes at a time: the holder of the Lease {@code heddle-operator}. The others keep their caches
 * warm. JOSDK starts the election after all caches are in sync, and ends a process that loses the lease.
 */
@Singleton
final class Leadership implements ConfigurationServiceCustomizer {

    private static final String LEASE = "heddle-operator";
    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final Loop loop;
    private final String namespace;
    private final String identity;

    Leadership(
            Loop loop,
            @ConfigProperty(name = "heddle.namespace") String namespace,
            @ConfigProperty(name = "heddle.identity") String identity) {
        this.loop = loop;
        this.namespace = namespace;
        // Two processes of one host must not take each other for themselves.
        this.identity = identity + "-" + ProcessHandle.current().pid();
    }

    @Override
    public Consumer<ConfigurationServiceOverrider> overrider() {
        return configuration -> configuration.withLeaderElectionConfiguration(
                LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                        .withLeaseNamespace(namespace)
                        .withIdentity(identity)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                loop::lead,
                                () -> LOG.warn("lost the lease; this process ends"),
                                leader -> LOG.infof("the leader is %s", leader)))
                        .build());
    }
}
