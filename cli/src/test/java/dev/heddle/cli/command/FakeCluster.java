package dev.heddle.cli.command;

import dev.heddle.cli.explain.Connection;
import dev.heddle.cli.explain.ExplainFacts;
import dev.heddle.cli.explain.LiveView;
import dev.heddle.cli.explain.Place;
import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.flows.NodeFlows;
import dev.heddle.cli.flows.Wanted;
import dev.heddle.cli.status.StatusFacts;
import dev.heddle.cli.whatif.WhatIfFacts;
import dev.heddle.policy.rule.Direction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A cluster that answers what it was told to. */
record FakeCluster(
        StatusFacts facts, WhatIfFacts whatIf, Map<Direction, LiveView> live, Function<Wanted, List<NodeFlows>> flows)
        implements Cluster {

    FakeCluster(StatusFacts facts) {
        this(facts, TwoPods.FACTS, Map.of());
    }

    FakeCluster(StatusFacts facts, WhatIfFacts whatIf, Map<Direction, LiveView> live) {
        this(facts, whatIf, live, wanted -> List.of());
    }

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
    public ExplainFacts explain(Place from, Place to) {
        return new ExplainFacts(TwoPods.end(from), TwoPods.end(to), whatIf.policies(), Map.of(), List.of());
    }

    @Override
    public Map<Direction, LiveView> live(String daemons, List<Connection.Half> halves) {
        return live;
    }

    @Override
    public List<NodeFlows> flows(String daemons, Wanted wanted) {
        return flows.apply(wanted);
    }

    @Override
    public List<PodFacts> pods(String namespace) {
        return whatIf.pods().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .toList();
    }

    @Override
    public List<String> namespaces() {
        return List.copyOf(whatIf.namespaces().keySet());
    }

    @Override
    public List<String> nodes() {
        return whatIf.nodes().stream().map(NodeFacts::name).toList();
    }

    @Override
    public void close() {}
}
