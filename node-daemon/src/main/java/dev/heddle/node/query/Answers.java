package dev.heddle.node.query;

import dev.heddle.crds.live.LiveAnswer;
import dev.heddle.crds.live.LiveQuestion;
import dev.heddle.crds.live.LiveVerdict;
import dev.heddle.crds.live.LiveVerdict.Outcome;
import dev.heddle.crds.live.LiveVerdict.Places;
import dev.heddle.node.apply.LiveTables.Finding;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Puts what the tables say into words: devices become pods, and numbers rules. */
public final class Answers {

    /** A flip is told to the kernel first, and what its numbers mean a moment later. */
    private static final int TRIES = 25;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final String node;
    private final Tables tables;
    private final IntFunction<List<Origin>> kept;
    private volatile Known known = new Known(0, 0, List.of(), Map.of());

    /** The tables in force: {@link dev.heddle.node.apply.LiveTables#judge}. */
    public interface Tables {
        Finding judge(int ifindex, Direction direction, Cidr remote, boolean bornHere, int protocol, int port);
    }

    /**
     * What the daemon knows.
     *
     * @param sequence all that the node was told up to it is in force
     * @param revision whose rules these are
     * @param rules number n is the n-th of them, from 1
     * @param devices of the pods, by {@code namespace/name}
     */
    public record Known(long sequence, int revision, List<Origin> rules, Map<String, Device> devices) {}

    /** The host-side device of a pod; {@code covered} if it carries our programs. */
    public record Device(int ifindex, boolean covered) {}

    /**
     * Knows nothing yet.
     *
     * @param kept what the rules of an earlier daemon's revision mean; empty when that is not known
     */
    public Answers(String node, Tables tables, IntFunction<List<Origin>> kept) {
        this.node = node;
        this.tables = tables;
        this.kept = kept;
    }

    /** Takes what is known from now on, from any thread. */
    public void know(Known now) {
        known = now;
    }

    /** Answers every question. From any thread. @throws IllegalArgumentException for what is no address */
    public LiveAnswer answer(List<LiveQuestion> questions) {
        List<LiveVerdict> verdicts = questions.stream().map(this::answer).toList();
        return new LiveAnswer(node, known.sequence(), verdicts);
    }

    private LiveVerdict answer(LiveQuestion question) {
        Cidr remote = Cidr.host(question.address());
        Known now = known;
        Device device = now.devices().get(question.namespace() + "/" + question.pod());
        if (device == null) {
            return new LiveVerdict(
                    Outcome.UNKNOWN_POD, now.revision(), "the daemon knows no device of this pod", null, null);
        }
        if (!device.covered()) {
            return new LiveVerdict(
                    Outcome.UNFILTERED, now.revision(), "its device does not carry Heddle's programs", null, null);
        }
        LiveVerdict verdict = judge(question, device.ifindex(), remote);
        for (int i = 0; i < TRIES && isNameless(verdict); i++) {
            pause();
            verdict = judge(question, device.ifindex(), remote);
        }
        return verdict;
    }

    private static boolean isNameless(LiveVerdict verdict) {
        return verdict.rule() == null
                && verdict.places() != null
                && verdict.places().rule() != 0;
    }

    private LiveVerdict judge(LiveQuestion question, int ifindex, Cidr remote) {
        Finding found = tables.judge(ifindex, question.direction(), remote, true, question.protocol(), question.port());
        return switch (found) {
            case Finding.NoEndpoint(var revision) ->
                new LiveVerdict(Outcome.CLOSED, revision, "its device has no slot in the tables", null, null);
            case Finding.Closed(var revision) ->
                new LiveVerdict(Outcome.CLOSED, revision, "its policy is not known on this node yet", null, null);
            case Finding.Itself(var revision) ->
                new LiveVerdict(Outcome.ALLOWED, revision, "a pod always reaches itself", null, null);
            case Finding.Cell cell -> verdict(cell, ifindex);
        };
    }

    private LiveVerdict verdict(Finding.Cell cell, int ifindex) {
        Optional<Origin> rule = cell.rule() == 0 ? Optional.empty() : rule(cell.revision(), cell.rule());
        String why = cell.rule() == 0
                ? "no rule decides"
                : rule.isPresent() ? "" : "rule " + cell.rule() + ", of which the daemon does not know the object";
        Places places = new Places(
                ifindex, cell.subject(), cell.peer(), cell.peerClass(), cell.row(), cell.portClass(), cell.rule());
        Outcome outcome = cell.accepted() ? Outcome.ALLOWED : Outcome.DENIED;
        return new LiveVerdict(outcome, cell.revision(), why, rule.orElse(null), places);
    }

    /** Numbers mean something in their own revision only. */
    private Optional<Origin> rule(int revision, int number) {
        Known now = known;
        List<Origin> rules = now.revision() == revision ? now.rules() : kept.apply(revision);
        return number <= rules.size() ? Optional.of(rules.get(number - 1)) : Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
