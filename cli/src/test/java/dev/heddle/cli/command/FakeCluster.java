package dev.heddle.cli.command;

import dev.heddle.cli.status.StatusFacts;

/** A cluster that answers what it was told to. */
record FakeCluster(StatusFacts facts) implements Cluster {

    @Override
    public String namespace() {
        return "shop";
    }

    @Override
    public StatusFacts status() {
        return facts;
    }

    @Override
    public StatusFacts namespaceStatus() {
        return new StatusFacts(null, facts.policies(), facts.reports());
    }

    @Override
    public void close() {}
}
