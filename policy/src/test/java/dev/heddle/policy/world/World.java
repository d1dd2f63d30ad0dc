package dev.heddle.policy.world;

import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.NodeView.ClusterNode;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is there. A dual-stack pod or node is there twice, by each of its addresses.
 *
 * @param namespaces labels by name
 */
public record World(
        Map<String, Map<String, String>> namespaces,
        List<Party.Pod> pods,
        List<Party.Node> nodes,
        List<Cidr> podRanges) {

    /** What a node knows that has the first pods, and has heard of the claims of the first {@code heard}. */
    public NodeView seen(List<Rule> rules, int local, int heard) {
        List<LocalEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < local; i++) {
            Party.Pod pod = pods.get(i);
            endpoints.add(new LocalEndpoint(String.valueOf(i), pod.namespace(), pod.labels(), pod.ports()));
        }
        Map<String, Identity> identities = new HashMap<>();
        List<Claim> claims = new ArrayList<>();
        for (Party.Pod pod : pods.subList(0, heard)) {
            Identity identity = identity(pod);
            identities.put(identity.hash(), identity);
            claims.add(new Claim(pod.address(), identity.hash()));
        }
        List<ClusterNode> known = nodes.stream()
                .map(node -> new ClusterNode(node.labels(), List.of(node.address()), node.own()))
                .toList();
        return new NodeView(rules, endpoints, namespaces, identities, claims, podRanges, known);
    }

    public static Identity identity(Party.Pod pod) {
        return Identity.of(pod.namespace(), pod.labels(), pod.ports());
    }
}
