package dev.heddle.operator.write;

import dev.heddle.operator.index.Dirty;
import dev.heddle.operator.index.Index;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One look at what is stale. Heads, node states, reports and collections are only begun here: the index's thread waits for no
 * answer, so a policy does not wait for what is written for others. What fails is tried again after a moment and holds up
 * nothing else.
 */
public final class Pass implements AutoCloseable {

    /** Enough to keep an API server's processors busy, and few beside the 600 that it serves at a time. */
    private static final int AT_A_TIME = 16;

    /** What nobody waits for. */
    private static final int IN_BACKGROUND = 4;

    private final Agenda agenda = new Agenda();
    private final Retries retries = new Retries(agenda);
    private final Lane heads;
    private final Lane nodes;
    private final ReportWriter reports;
    private final Collector collector;
    private final Background background;

    /**
     * @param wall what is written for people has its time
     * @param inbox takes what the writes bring
     */
    public Pass(Applier applier, Grace grace, InstantSource wall, Inbox inbox) {
        HeadWriter headWriter = new HeadWriter(applier);
        this.heads = new Lane(
                "PolicyHead",
                headWriter::plan,
                (index, namespace) -> index.stale().namespace(namespace),
                AT_A_TIME,
                inbox,
                agenda);
        NodeWriter nodeWriter = new NodeWriter(applier);
        this.nodes = new Lane(
                "NodeState", nodeWriter::plan, (index, node) -> index.stale().node(node), AT_A_TIME, inbox, agenda);
        this.reports = new ReportWriter(applier, wall);
        this.collector = new Collector(applier, grace);
        this.background = new Background(IN_BACKGROUND, inbox);
    }

    /** @param now by a clock that only goes on */
    void run(Index index, Instant now) {
        agenda.run(index, now);
        Dirty dirty = index.stale().drain();
        heads.begin(index, dirty.namespaces(), now);
        nodes.begin(index, dirty.nodes(), now);
        reports.want(dirty.reports(), now);
        reports.due(now).forEach(namespace -> report(index, namespace, now));
        collector.run(index, now, background);
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
        heads.close();
        nodes.close();
        background.close();
    }
}
