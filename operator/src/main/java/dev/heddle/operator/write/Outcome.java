package dev.heddle.operator.write;

import dev.heddle.operator.index.Index;

/** What a {@link Write} has brought, for the index's thread to take in. */
@FunctionalInterface
interface Outcome {

    void takeInto(Index index);
}
