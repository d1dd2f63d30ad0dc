package dev.heddle.operator.write;

import dev.heddle.operator.index.Dirty;
import dev.heddle.operator.index.Index;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One look at what is stale. Sets, the node states that name them, reports and collections are only begun here: the index's
 * thread waits for no answer, so a policy does not wait for what is written for others. What fails is tried again after a
 * moment and holds up nothing else.
 */
public final class Pass implements AutoCloseable {

    /** Enough to keep an API server's processors busy, and few beside the 600 that it serves at a time. */
    private static final int AT_A_TIME = 16;

    /** What nobody waits for. */
    private static final int IN_BACKGROUND = 4;

    /** When more sets than this are being written, as after a start, nodes are told of all of them at once. */
    private static final int MANY_SETS = 8;

    /** So that sets that the API server does not answer for hold up no node for ever. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(15);

    private final Agenda agenda = new Agenda();
    private final Retries retries = new Retries(agenda);
    private final Lane sets;
    private final Lane nodes;
    private final ReportWriter reports;
    private final Collector collector;
    private final Background background;
    private final SortedSet<String> staleNodes = new TreeSet<>();
    private @Nullable Instant heldSince;

    /** @param inbox takes what the writes bring */
    public Pass(Applier applier, Grace grace, Inbox inbox) {
        SetWriter setWriter = new SetWriter(applier);
        this.sets = new Lane(
                "PolicySet",
                setWriter::plan,
                (index, namespace) -> index.stale().namespace(namespace),
                AT_A_TIME,
                inbox,
                agenda);
        NodeWriter nodeWriter = new NodeWriter(applier);
        this.nodes = new Lane(
                "NodeState", nodeWriter::plan, (index, node) -> index.stale().node(node), AT_A_TIME, inbox, agenda);
        this.reports = new ReportWriter(applier);
        this.collector = new Collector(applier, grace);
        this.background = new Background(IN_BACKGROUND, inbox);
    }

    void run(Index index, Instant now) {
        agenda.run(index, now);
        sets.begin(index, index.stale().drainNamespaces(), now);
        Dirty dirty = index.stale().drain();
        dirty.namespaces().forEach(index.stale()::namespace);
        staleNodes.addAll(dirty.nodes());
        if (!holdsNodes(now)) {
            nodes.begin(index, staleNodes, now);
            staleNodes.clear();
        }
        reports.want(dirty.reports(), now);
        reports.due(now).forEach(namespace -> report(index, namespace, now));
        collector.run(index, now, background);
    }

    private boolean holdsNodes(Instant now) {
        if (heldSince == null && sets.underWay() > MANY_SETS) {
            heldSince = now;
        } else if (heldSince != null
                && (sets.underWay() == 0 || heldSince.plus(LONGEST_HOLD).isBefore(now))) {
            heldSince = null;
        }
        return heldSince != null;
    }

    /** When there is something to do again without a change; null: nothing is planned. */
    @Nullable
    Instant next() {
        return agenda.next();
    }

    private void report(Index index, String namespace, Instant now) {
        try {
            Write write = reports.plan(index, namespace, now);
            if (write == null) {
                reports.done(namespace);
                return;
            }
            background.begin(write, (i, failure) -> {
                reports.done(namespace);
                if (failure != null) {
                    reportAgain(namespace, failure, now);
                }
            });
        } catch (RuntimeException e) {
            reports.done(namespace);
            reportAgain(namespace, e, now);
        }
    }

    private void reportAgain(String namespace, RuntimeException why, Instant now) {
        retries.after(
                why,
                "EnforcementReport",
                namespace,
                now,
                (index, name) -> index.stale().report(name));
    }

    @Override
    public void close() {
        sets.close();
        nodes.close();
        background.close();
    }
}
