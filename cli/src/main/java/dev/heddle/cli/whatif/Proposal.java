package dev.heddle.cli.whatif;

import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.facts.PolicyObject.ClusterWide;
import dev.heddle.cli.facts.PolicyObject.Namespaced;
import dev.heddle.cli.failure.NoAnswerException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A change of policies: first some are applied, then some are deleted. */
public record Proposal(List<PolicyObject> applied, List<PolicyObject.Key> deleted) {

    /** @throws NoAnswerException if something is to be deleted that is not there */
    Collection<PolicyObject> to(Collection<PolicyObject> policies) {
        Map<PolicyObject.Key, PolicyObject> after = new TreeMap<>();
        policies.forEach(policy -> after.put(policy.key(), policy));
        for (PolicyObject policy : applied) {
            PolicyObject before = after.get(policy.key());
            after.put(policy.key(), before == null ? policy : withGenerationOf(before, policy));
        }
        for (PolicyObject.Key key : deleted) {
            if (after.remove(key) == null) {
                throw new NoAnswerException("there is no " + key + " that could be deleted");
            }
        }
        return after.values();
    }

    /** So that rules which stay the same are equal. */
    private static PolicyObject withGenerationOf(PolicyObject before, PolicyObject policy) {
        switch (policy) {
            case Namespaced(var object)
            when before instanceof Namespaced known ->
                object.getMetadata().setGeneration(known.policy().getMetadata().getGeneration());
            case ClusterWide(var metadata, var spec)
            when before instanceof ClusterWide known ->
                metadata.setGeneration(known.metadata().getGeneration());
            default -> throw new IllegalStateException("objects of one key are of one kind");
        }
        return policy;
    }
}
