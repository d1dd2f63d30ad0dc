package dev.heddle.cli.flows;

import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowsHeld.Held;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Records of all nodes that were asked.
 *
 * @param flows the oldest first
 * @param matching records that fit; more than {@code flows} when there is a limit
 * @param nodes what those hold that answered
 * @param silent those that did not answer
 */
public record Flows(List<Told> flows, int matching, List<NodeHolds> nodes, List<NodeFlows.Silent> silent) {

    /** A record, and whose. */
    public record Told(String node, FlowRecord flow) {}

    /** What a node's daemon holds. */
    public record NodeHolds(String node, List<Held> held) {}

    /**
     * All answers in one.
     *
     * @param limit at most so many records, the newest; 0 for all
     */
    public static Flows of(List<NodeFlows> answers, int limit) {
        List<Told> all = new ArrayList<>();
        List<NodeHolds> nodes = new ArrayList<>();
        List<NodeFlows.Silent> silent = new ArrayList<>();
        int matching = 0;
        for (NodeFlows each : answers) {
            switch (each) {
                case NodeFlows.Silent none -> silent.add(none);
                case NodeFlows.Answered(var node, var held, var records) -> {
                    records.forEach(record -> all.add(new Told(node, record)));
                    nodes.add(new NodeHolds(node, held.held()));
                    matching += held.matching();
                }
            }
        }
        all.sort(Comparator.comparing(told -> told.flow().time()));
        int first = limit == 0 ? 0 : Math.max(0, all.size() - limit);
        return new Flows(List.copyOf(all.subList(first, all.size())), matching, nodes, silent);
    }
}
