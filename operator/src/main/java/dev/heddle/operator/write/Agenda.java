package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the index's thread does later, by a clock that only goes on. */
final class Agenda {

    private final PriorityQueue<Item> items = new PriorityQueue<>(Comparator.comparing(Item::at));

    private record Item(Instant at, Consumer<Index> what) {}

    void at(Instant when, Consumer<Index> what) {
        items.add(new Item(when, what));
    }

    /** Does what is due. */
    void run(Index index, Instant now) {
        for (Item next = items.peek(); next != null && !next.at().isAfter(now); next = items.peek()) {
            items.remove();
            next.what().accept(index);
        }
    }

    /** When the next is due; null: there is none. */
    @Nullable
    Instant next() {
        Item next = items.peek();
        return next == null ? null : next.at();
    }
}
