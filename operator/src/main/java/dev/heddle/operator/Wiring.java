package dev.heddle.operator;

import dev.heddle.operator.write.Applier;
import dev.heddle.operator.write.Grace;
import dev.heddle.operator.write.Loop;
import dev.heddle.operator.write.Pass;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The objects that the reconcilers share. */
@Singleton
final class Wiring {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Applier applier(KubernetesClient client) {
        return new Applier(client);
    }

    @Produces
    @Singleton
    ApiServer apiServer(KubernetesClient client) {
        return new ApiServer(client.getConfiguration());
    }

    @Produces
    @Singleton
    Loop loop(
            Applier applier,
            Clock clock,
            @ConfigProperty(name = "heddle.grace.policy-sets") Duration policySets,
            @ConfigProperty(name = "heddle.grace.identities") Duration identities,
            @ConfigProperty(name = "heddle.lease") Duration lease) {
        Loop loop = new Loop(
                inbox -> new Pass(applier, new Grace(policySets, identities), clock, inbox),
                new SteadyClock(SteadyClock.UPTIME, clock),
                lease);
        loop.start();
        return loop;
    }

    void close(@Disposes Loop loop) {
        loop.close();
    }
}
