package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import java.util.function.Consumer;

/** Changes of the index from any thread. */
@FunctionalInterface
public interface Inbox {

    /** Changes the index, on the thread that owns it, soon. */
    void change(Consumer<Index> change);
}
