package dev.heddle.crds;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * One chunk of a policy set. An empty list may be absent: clients leave empty ones out.
 *
 * @param namespace the namespace whose rules these are; empty for cluster-wide rules
 * @param chunk which part of the set this is
 * @param sources the objects that the rules of this chunk come from; rules refer to them by index
 * @param rules normalized rules
 */
@Wire
@ValidationRule(value = "self == oldSelf", message = "a PolicySet is immutable; its name is the hash of its content")
public record PolicySetSpec(
        @Required String namespace, @Required Chunk chunk, List<PolicySource> sources, List<RuleSpec> rules) {

    public PolicySetSpec {
        sources = Lists.copyOf(sources);
        rules = Lists.copyOf(rules);
    }
}
