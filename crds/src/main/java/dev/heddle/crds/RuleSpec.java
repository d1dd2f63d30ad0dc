package dev.heddle.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Tier;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/**
 * One rule as it travels; see {@link dev.heddle.policy.rule.Rule} for what it means and {@link RuleCodec} for
 * the way between the two.
 *
 * @param source index into the sources of the same chunk
 * @param field the path of the field that the rule comes from
 * @param ports absent means every port of every protocol
 */
@Wire
public record RuleSpec(
        @Required int source,
        @Required String field,
        @Required Direction direction,
        @Required SubjectSpec subject,
        @Required Tier tier,
        @Required int priority,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int position,
        @Required Action action,
        @Required List<PeerSpec> peers,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<PortSpec> ports) {

    public RuleSpec {
        peers = Lists.copyOf(peers);
        ports = Lists.copyOf(ports);
    }

    /** The same rule, its source at another index. */
    RuleSpec withSource(int index) {
        return new RuleSpec(index, field, direction, subject, tier, priority, position, action, peers, ports);
    }
}
