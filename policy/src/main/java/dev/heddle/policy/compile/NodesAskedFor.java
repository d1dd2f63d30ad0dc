package dev.heddle.policy.compile;

import dev.heddle.policy.compile.NodeView.ClusterNode;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes whose addresses are told from the rest of the world: this one, and others if some rule asks for nodes. */
final class NodesAskedFor {

    private NodesAskedFor() {}

    /** Who has a node's address, with only those labels that rules ask for. */
    static Map<Cidr, Who> of(List<ClusterNode> nodes, List<Rule> rules) {
        List<LabelSelector> asked = new ArrayList<>();
        for (Rule rule : rules) {
            for (Peer peer : rule.peers()) {
                if (peer instanceof Peer.Nodes(var selector)) {
                    asked.add(selector);
                }
            }
        }
        Set<String> keysAsked = asked.stream()
                .flatMap(selector -> selector.requirements().stream())
                .map(Requirement::key)
                .collect(Collectors.toSet());
        Map<Cidr, Who> who = new HashMap<>();
        for (ClusterNode node : nodes) {
            Map<String, String> labels = new TreeMap<>(node.labels());
            labels.keySet().retainAll(keysAsked);
            for (Cidr address : node.addresses()) {
                if (node.own() || (!asked.isEmpty() && !isOwn(who.get(address)))) {
                    who.put(address, new Who.Node(Map.copyOf(labels), node.own()));
                }
            }
        }
        return who;
    }

    static boolean isOwn(@Nullable Who who) {
        return who instanceof Who.Node node && node.own();
    }
}
