package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Rule;
import java.util.List;
import java.util.Map;

/**
 * Everything that one node knows and that a verdict depends on: the compiler's input.
 *
 * @param rules of every namespace that has a pod on this node and of the cluster, only those the datapath can enforce
 *     ({@code policy.support}); the order does not matter
 * @param endpoints the pods of this node, of namespaces that are known
 * @param namespaces labels of every namespace of the cluster, by name
 * @param identities every known identity, by {@link Identity#hash()}
 * @param claims which identity each pod address of the cluster has, this node's included
 * @param podRanges the cluster's pod ranges; their addresses are pending until claimed
 * @param nodes of the cluster; a claim of a pod counts more than the address of another node, and less than
 *     that of this one
 */
public record NodeView(
        List<Rule> rules,
        List<LocalEndpoint> endpoints,
        Map<String, Map<String, String>> namespaces,
        Map<String, Identity> identities,
        List<Claim> claims,
        List<Cidr> podRanges,
        List<ClusterNode> nodes) {

    /** Of a cluster whose nodes are not told from the rest of the world. */
    public NodeView(
            List<Rule> rules,
            List<LocalEndpoint> endpoints,
            Map<String, Map<String, String>> namespaces,
            Map<String, Identity> identities,
            List<Claim> claims,
            List<Cidr> podRanges) {
        this(rules, endpoints, namespaces, identities, claims, podRanges, List.of());
    }

    /** A pod of this node. Its own labels are used in full, those that identities leave out too. */
    public record LocalEndpoint(String id, String namespace, Map<String, String> labels, List<NamedPort> ports) {}

    /**
     * An address and the identity that its node says it has. Claims of one address for different identities
     * make the address pending, and so does an identity that is not known.
     *
     * @param address of one pod
     * @param identity hash of the identity
     */
    public record Claim(Cidr address, String identity) {}

    /**
     * A node of the cluster.
     *
     * @param addresses those in the Node's status; of this node every address that it has
     * @param own whether it is this node
     */
    public record ClusterNode(Map<String, String> labels, List<Cidr> addresses, boolean own) {}
}
