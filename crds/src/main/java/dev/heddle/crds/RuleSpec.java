package dev.heddle.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Tier;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/**
 * One normalized rule.
 *
 * <p>{@link dev.heddle.policy.rule.Rule} is the same rule in memory, {@link RuleCodec} the way between the two.
 *
 * @param source index into the sources of the same chunk
 * @param field the path of the field that the rule comes from
 * @param direction the direction of a flow's first packet, seen from the subject
 * @param subject the pods that the rule is about
 * @param tier tiers are evaluated in the order ADMIN, NETWORK_POLICY, BASELINE
 * @param priority order inside the tier, lower first; absent is 0
 * @param position order among the rules of one object, lower first; absent is 0
 * @param action what happens to a flow that matches; PASS leaves it to the next tier
 * @param peers the other side of the flow, any of these
 * @param ports the flow's destination port, any of these; absent means every port of every protocol
 */
@Wire
public record RuleSpec(
        @Required int source,
        @Required String field,
        @Required Direction direction,
        @Required SubjectSpec subject,
        @Required Tier tier,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int priority,
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
