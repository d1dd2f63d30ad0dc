package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Where reconcilers put what they see. */
public interface Feed extends Inbox {

    /** Names a cache whose whole content must be in the index before anything is written. */
    <R> void source(Supplier<Stream<R>> cache, BiConsumer<Index, R> put);

    /** Calls this on the index's thread a few times a second, changes or not. */
    void everyTick(Consumer<Index> change);
}
