package dev.heddle.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.heddle.policy.rule.Requirement;
import io.fabric8.generator.annotation.Required;
import java.util.List;

/**
 * A label selector.
 *
 * @param requirements all must hold; without any it selects everything
 */
@Wire
public record SelectorSpec(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RequirementSpec> requirements) {

    public SelectorSpec {
        requirements = Lists.copyOf(requirements);
    }

    /**
     * One requirement.
     *
     * @param key the label's key
     * @param operator how the label's value is compared
     * @param values what it is compared with; empty for EXISTS and DOES_NOT_EXIST
     */
    @Wire
    public record RequirementSpec(
            @Required String key,
            @Required Requirement.Operator operator,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> values) {

        public RequirementSpec {
            values = Lists.copyOf(values);
        }
    }
}
