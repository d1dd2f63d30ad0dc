package dev.heddle.cli.explain;

import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.crds.Failure;
import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the API server says of the two ends.
 *
 * @param policies those that could select one of the ends
 * @param nodes what is known of the nodes of the two ends, by name; nodes without a NodeState are not there
 * @param notes what a reader must know of how these facts were found
 */
public record ExplainFacts(
        End from, End to, List<PolicyObject> policies, Map<String, NodeReport> nodes, List<String> notes) {
    public ExplainFacts {
        policies = List.copyOf(policies);
        nodes = Map.copyOf(nodes);
        notes = List.copyOf(notes);
    }

    /**
     * What a node says of itself.
     *
     * @param told the highest sequence of a PolicyHead that it has seen
     * @param inForce all that it was told up to this sequence is in force
     * @param claims address to identity hash, as all other nodes read them
     */
    public record NodeReport(long told, long inForce, List<Failure> failures, Set<Claim> claims) {}

    /** An address and the hash of the identity that it has. */
    public record Claim(Cidr address, String identity) {}
}
