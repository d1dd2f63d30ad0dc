package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one kind of object. Of each name at most one is under way, and the next begins a moment after the one before it
 * at the soonest: a change is written at once, and those that follow it closely share a write. No name waits for another.
 */
final class Lane {

    /** Changes that follow each other this soon, such as those of one {@code kubectl apply}, cost one write. */
    private static final Duration PACE = Duration.ofMillis(50);

    private final String kind;
    private final Planner planner;
    private final BiConsumer<Index, String> stale;
    private final Background background;
    private final Agenda agenda;
    private final Retries retries;
    /** Under way, or just written. */
    private final Set<String> held = new HashSet<>();

    private final Set<String> again = new HashSet<>();

    /** Works out on the index's thread what must be written of a name. */
    interface Planner {

        /** The write; null: nothing. */
        @Nullable
        Write plan(Index index, String name);
    }

    /** @param stale marks a name so that it is planned again */
    Lane(String kind, Planner planner, BiConsumer<Index, String> stale, int atATime, Inbox inbox, Agenda agenda) {
        this.kind = kind;
        this.planner = planner;
        this.stale = stale;
        this.background = new Background(atATime, inbox);
        this.agenda = agenda;
        this.retries = new Retries(agenda);
    }

    /** Begins to write all of them that are stale. */
    void begin(Index index, Collection<String> names, Instant now) {
        for (String name : names) {
            if (held.contains(name)) {
                again.add(name);
            } else {
                begin(index, name, now);
            }
        }
    }

    private void begin(Index index, String name, Instant now) {
        try {
            Write write = planner.plan(index, name);
            if (write != null) {
                held.add(name);
                background.begin(write, (i, failure) -> {
                    if (failure != null) {
                        retries.after(failure, kind, name, now, stale);
                    }
                    agenda.at(now.plus(PACE), taken -> free(taken, name));
                });
            }
        } catch (RuntimeException e) {
            retries.after(e, kind, name, now, stale);
        }
    }

    private void free(Index index, String name) {
        held.remove(name);
        if (again.remove(name)) {
            stale.accept(index, name);
        }
    }

    void close() {
        background.close();
    }
}
