package dev.heddle.operator;

import dev.heddle.operator.write.Loop;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive means that the thread which owns the index turns round. */
@Liveness
@Singleton
final class LoopHealth implements HealthCheck {

    /** A pass that writes to many nodes takes its time; a stuck one takes longer. */
    private static final Duration STUCK = Duration.ofMinutes(3);

    private final Loop loop;

    LoopHealth(Loop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        Duration quiet = loop.sinceLastPass();
        return HealthCheckResponse.named("index")
                .status(quiet.compareTo(STUCK) < 0)
                .withData("secondsSinceLastPass", quiet.toSeconds())
                .build();
    }
}
