package dev.heddle.node.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.apply.Applier;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.TooManyAddresses;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Kernel;
import dev.heddle.node.kernel.Observed;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When rounds begin. Nothing is known that could be in force, so that none of them asks the kernel for anything. */
class NodeLoopTest {

    private static final int BURST = 1_000;

    private final World world = new World("one");
    private final AtomicInteger events = new AtomicInteger();
    /** How many events had been taken in by each round. */
    private final BlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();

    private final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();

    private final CountDownLatch burst = new CountDownLatch(1);
    private final NodeLoop loop = new NodeLoop(
            world, new Composer(world, false), new Applier(noKernel()), Observed.NOTHING, List.of(this::afterRound));
    private final Thread thread = Thread.ofPlatform().start(loop::run);

    @AfterEach
    void stop() throws InterruptedException {
        loop.stop();
        thread.join();
    }

    @Test
    void aChangeHasItsRoundAndThoseThatComeMeanwhileShareTheNext() throws InterruptedException {
        loop.submit(known -> events.incrementAndGet());
        for (int i = 0; i < BURST; i++) {
            loop.submit(known -> {
                awaitBurst();
                events.incrementAndGet();
            });
        }
        burst.countDown();
        int first = round();
        int last = first == BURST + 1 ? first : round();
        assertThat(last).as("all of them").isEqualTo(BURST + 1);
    }

    @Test
    void aChangeAloneIsNotKeptWaitingForAnother() throws InterruptedException {
        for (int i = 1; i <= 3; i++) {
            loop.submit(known -> events.incrementAndGet());
            assertThat(round()).isEqualTo(i);
        }
    }

    /** Status, which listens, says why; and it is tried again. */
    @Test
    void aRoundThatCanMakeNoRevisionIsTold() throws InterruptedException {
        loop.submit(known -> {
            known.synced();
            known.nodeAddresses(TooManyAddresses.ofOneNode());
        });
        round();
        assertThat(refusals.take()).contains("too small");
        assertThat(refusals.poll(10, TimeUnit.SECONDS)).contains("too small");
    }

    private void awaitBurst() {
        try {
            burst.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void afterRound(Round round) {
        rounds.add(events.get());
        refusals.add(round.refused());
    }

    private int round() throws InterruptedException {
        Integer taken = rounds.poll(10, TimeUnit.SECONDS);
        assertThat(taken).as("a round").isNotNull();
        return taken;
    }

    private static Kernel noKernel() {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    throw new AssertionError(method + " was asked for");
                });
    }
}
