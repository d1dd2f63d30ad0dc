package dev.heddle.operator.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the loop writes and when it is silent, by a clock that only the test moves. */
class LoopTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    /** Of a loop that is alive: less than what is taken for a suspension. */
    private static final Duration STEP = Duration.ofSeconds(1);

    private static final Duration INSTANT = Duration.ofMillis(1);

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final HandClock clock = new HandClock();
    private final AtomicInteger passes = new AtomicInteger();
    private final Loop loop = new Loop(
            inbox -> new Pass(new Applier(client), new Grace(Duration.ZERO, Duration.ZERO), clock, inbox),
            clock,
            LEASE);

    @BeforeEach
    void start() {
        loop.everyTick(_ -> passes.incrementAndGet());
        loop.start();
    }

    @AfterEach
    void close() {
        loop.close();
        client.close();
    }

    @Test
    void nothingIsWrittenByWhoDoesNotLead() throws Exception {
        assertThat(passesAfter(STEP)).isZero();
        loop.lead();
        turn();
        assertThat(passesAfter(STEP)).isPositive();
    }

    @Test
    void oneThatTurnsRoundAndOneThatWasClosedAreNotStuck() throws Exception {
        lead();
        turn();
        assertThat(loop.sinceLastPass()).isZero();
        loop.close();
        clock.advance(LEASE);
        assertThat(loop.sinceLastPass()).isZero();
    }

    @Test
    void aLeaderThatWasSuspendedWritesNothingForTheTimeOfALeaseFromItsWaking() throws Exception {
        lead();
        assertThat(passesAfter(LEASE)).as("it wakes up").isZero();
        for (Duration awake = Duration.ZERO; awake.plus(STEP).compareTo(LEASE) < 0; awake = awake.plus(STEP)) {
            assertThat(passesAfter(STEP)).as("awake for %s", awake).isZero();
        }
        assertThat(passesAfter(STEP.minus(INSTANT))).isZero();
        assertThat(passesAfter(INSTANT)).as("and still leads").isPositive();
    }

    @Test
    void everySuspensionBeginsTheSilenceAnew() throws Exception {
        lead();
        assertThat(passesAfter(LEASE)).isZero();
        assertThat(passesAfter(LEASE)).isZero();
        assertThat(passesAfter(STEP)).isZero();
    }

    @Test
    void aPauseThatNobodyElseNoticesIsNone() throws Exception {
        lead();
        assertThat(passesAfter(LEASE.dividedBy(3))).isPositive();
        assertThat(passesAfter(LEASE.dividedBy(3).plus(INSTANT))).isZero();
    }

    @Test
    void takingEverythingInBeforeItLeadsIsNoSuspension() throws Exception {
        loop.source(
                () -> {
                    clock.advance(LEASE);
                    return Stream.of();
                },
                (index, nothing) -> {});
        lead();
    }

    private void lead() throws Exception {
        loop.lead();
        turn();
        assertThat(passesAfter(STEP)).as("it leads").isPositive();
    }

    /** How many passes there are in the whole turns that see the clock moved on so far. */
    private int passesAfter(Duration time) throws InterruptedException {
        int before = passes.get();
        clock.advance(time);
        turn();
        return passes.get() - before;
    }

    /** Lets a turn begin and end: what is taken in comes before the pass of its turn. */
    private void turn() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            CountDownLatch taken = new CountDownLatch(1);
            loop.change(_ -> taken.countDown());
            assertThat(taken.await(30, TimeUnit.SECONDS)).as("the loop lives").isTrue();
        }
    }

    private static final class HandClock implements InstantSource {

        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH.plusSeconds(1_000_000));

        void advance(Duration time) {
            now.updateAndGet(then -> then.plus(time));
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }
}
