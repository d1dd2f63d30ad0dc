package dev.heddle.policy.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A label selector: every requirement must be met; without requirements it selects everything.
 * Canonical, so that equal selectors are equal records.
 */
public record LabelSelector(List<Requirement> requirements) {

    private static final Comparator<Requirement> CANONICAL_ORDER = Comparator.comparing(Requirement::key)
            .thenComparing(Requirement::operator)
            .thenComparing(requirement -> String.join("\0", requirement.values()));

    /** Declared after the order it needs. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = requirements.stream().distinct().sorted(CANONICAL_ORDER).toList();
    }

    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
