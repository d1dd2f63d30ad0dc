package dev.heddle.cli.command;

import dev.heddle.cli.status.StatusFacts;

/**
 * What commands ask a cluster. Reads only. Every method throws {@link dev.heddle.cli.failure.NoAnswerException} when the
 * API server does not answer or does not let the user see what is asked for.
 */
public interface Cluster extends AutoCloseable {

    /** The namespace that was asked for, or that of the context. */
    String namespace();

    /** What there is about enforcement in the whole cluster. */
    StatusFacts status();

    /** What there is about enforcement in {@link #namespace}; a user who may view it may ask this. */
    StatusFacts namespaceStatus();

    @Override
    void close();
}
