package dev.heddle.operator.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heddle.operator.index.Index;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final Instant START = Instant.EPOCH;
    private static final Instant SOON = START.plusMillis(10);
    private static final Instant LATER = START.plusMillis(60);

    private final Index index = new Index();
    private final BlockingQueue<Consumer<Index>> inbox = new LinkedBlockingQueue<>();
    private final Agenda agenda = new Agenda();
    private final List<String> planned = new ArrayList<>();
    private final Map<String, CountDownLatch> answers = new ConcurrentHashMap<>();
    private final Map<String, KubernetesClientException> refusals = new ConcurrentHashMap<>();
    private final Lane lane =
            new Lane("NodeState", this::plan, (taken, name) -> taken.stale().node(name), 4, inbox::add, agenda);

    private Write plan(Index taken, String name) {
        planned.add(name);
        CountDownLatch answer = new CountDownLatch(1);
        answers.put(name, answer);
        return () -> {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            KubernetesClientException refusal = refusals.get(name);
            if (refusal != null) {
                throw refusal;
            }
            return written -> {};
        };
    }

    @AfterEach
    void close() {
        lane.close();
    }

    @Test
    void aNameThatTheApiServerDoesNotAnswerForHoldsUpNoOther() throws Exception {
        lane.begin(index, List.of("a"), START);
        lane.begin(index, List.of("b"), SOON);
        answer("b");

        assertThat(planned).containsExactly("a", "b");
    }

    @Test
    void aChangeDuringAWriteIsWrittenWhenThatHasEnded() throws Exception {
        lane.begin(index, List.of("a"), START);
        lane.begin(index, List.of("a"), SOON);
        lane.begin(index, List.of("a"), SOON);
        assertThat(staleAt(LATER)).as("nobody has answered").isEmpty();

        answer("a");
        assertThat(staleAt(LATER)).containsExactly("a");
    }

    @Test
    void changesThatFollowEachOtherCloselyShareAWrite() throws Exception {
        lane.begin(index, List.of("a"), START);
        answer("a");
        lane.begin(index, List.of("a"), SOON);
        lane.begin(index, List.of("a"), SOON);

        assertThat(staleAt(SOON)).isEmpty();
        assertThat(agenda.next()).isEqualTo(START.plusMillis(50));
        assertThat(staleAt(LATER)).containsExactly("a");
    }

    @Test
    void withoutAnotherChangeNothingIsWrittenAgain() throws Exception {
        lane.begin(index, List.of("a"), START);
        answer("a");

        assertThat(staleAt(LATER)).isEmpty();
        assertThat(agenda.next()).isNull();
        lane.begin(index, List.of("a"), LATER);
        assertThat(planned).containsExactly("a", "a");
    }

    @Test
    void whatIsRefusedIsTriedAgain() throws Exception {
        refusals.put("a", new KubernetesClientException("the server is away", 503, null));
        lane.begin(index, List.of("a"), START);
        answer("a");

        assertThat(staleAt(LATER)).isEmpty();
        assertThat(staleAt(START.plus(Duration.ofSeconds(2)))).containsExactly("a");
    }

    @Test
    void whatCannotBePlannedIsTriedAgainToo() {
        Lane broken = new Lane(
                "PolicySet",
                (taken, name) -> {
                    throw new IllegalStateException("no plan for " + name);
                },
                (taken, name) -> taken.stale().node(name),
                1,
                inbox::add,
                agenda);
        broken.begin(index, List.of("a"), START);

        assertThat(staleAt(START.plus(Duration.ofSeconds(2)))).containsExactly("a");
        broken.close();
    }

    /** A conflict is everyday; what is refused or failed for long is somebody's work. */
    @Test
    void whatIsTriedAgainIsCountedByKindAndCause() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        Metrics.addRegistry(meters);
        try {
            refusals.put("a", new KubernetesClientException("the server is away", 503, null));
            refusals.put("b", new KubernetesClientException("there is another version", 409, null));
            for (String name : List.of("a", "b", "c")) {
                lane.begin(index, List.of(name), START);
                answer(name);
            }

            assertThat(meters.find("heddle.operator.retries")
                            .tag("kind", "NodeState")
                            .counters())
                    .extracting(counter -> counter.getId().getTag("cause"), Counter::count)
                    .containsExactlyInAnyOrder(tuple("refused", 1.0), tuple("conflict", 1.0));
        } finally {
            Metrics.removeRegistry(meters);
        }
    }

    /** The API server answers, and the index's thread hears of it. */
    private void answer(String name) throws InterruptedException {
        answers.getOrDefault(name, new CountDownLatch(0)).countDown();
        Consumer<Index> outcome = inbox.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).as("the outcome of " + name).isNotNull();
        outcome.accept(index);
    }

    private Iterable<String> staleAt(Instant when) {
        agenda.run(index, when);
        return index.stale().drain().nodes();
    }
}
