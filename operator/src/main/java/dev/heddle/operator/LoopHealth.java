package dev.heddle.operator;

import dev.heddle.operator.write.Loop;
import jakarta.inject.Singleton;
import java.time.Clock;
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
    private final Clock clock;

    LoopHealth(Loop loop, Clock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("index")
                .status(loop.lastPass().plus(STUCK).isAfter(clock.instant()))
                .withData("lastPass", loop.lastPass().toString())
                .build();
    }
}
