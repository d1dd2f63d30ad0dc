package dev.heddle.cli.command;

import dev.heddle.cli.explain.Connection;
import dev.heddle.cli.explain.ExplainFacts;
import dev.heddle.cli.explain.LiveView;
import dev.heddle.cli.explain.Place;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.flows.NodeFlows;
import dev.heddle.cli.flows.Wanted;
import dev.heddle.cli.status.StatusFacts;
import dev.heddle.cli.whatif.WhatIfFacts;
import dev.heddle.policy.rule.Direction;
import java.util.List;
import java.util.Map;

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

    /** What there is about two ends of a connection. */
    ExplainFacts explain(Place from, Place to);

    /**
     * What the kernels of nodes say. A node that does not answer is no failure.
     *
     * @param daemons the namespace of Heddle's daemons
     */
    Map<Direction, LiveView> live(String daemons, List<Connection.Half> halves);

    /**
     * What daemons heard of flows, one answer for each node that has a say. A node that does not answer is no failure.
     *
     * @param daemons the namespace of Heddle's daemons
     */
    List<NodeFlows> flows(String daemons, Wanted wanted);

    /** The pods of a namespace. */
    List<PodFacts> pods(String namespace);

    /** Names of all namespaces. */
    List<String> namespaces();

    /** Names of all nodes. */
    List<String> nodes();

    /** Everything that a change of policies could concern. */
    WhatIfFacts whatIf();

    @Override
    void close();
}
