package dev.heddle.policy.rule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One requirement of a label selector (apimachinery {@code metav1.LabelSelectorRequirement}).
 *
 * @param values sorted and distinct; empty for EXISTS and DOES_NOT_EXIST
 */
public record Requirement(String key, Operator operator, List<String> values) {

    /** The operators of {@code metav1.LabelSelectorOperator}. */
    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST
    }

    public Requirement {
        values = values.size() < 2
                ? List.copyOf(values)
                : values.stream().distinct().sorted().toList();
    }

    /** See {@link LabelSelector#equals}. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Requirement that
                        && operator == that.operator
                        && key.equals(that.key)
                        && values.equals(that.values));
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + values.hashCode();
    }

    /** Whether the labels meet this requirement. A missing key meets NOT_IN, as upstream has it. */
    public boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case IN -> value != null && values.contains(value);
            case NOT_IN -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
        };
    }
}
