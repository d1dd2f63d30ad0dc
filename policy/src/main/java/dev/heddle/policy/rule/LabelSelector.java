package dev.heddle.policy.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        requirements = requirements.size() < 2 // as most, of which a node reads thousands
                ? List.copyOf(requirements)
                : requirements.stream().distinct().sorted(CANONICAL_ORDER).toList();
    }

    /** A record's own way goes by method handles, which the daemon's compiler does not inline; compiling asks it often. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof LabelSelector that && requirements.equals(that.requirements));
    }

    @Override
    public int hashCode() {
        return requirements.hashCode();
    }

    public boolean matches(Map<String, String> labels) {
        for (int i = 0; i < requirements.size(); i++) { // an iterator for each of millions of questions is what costs
            if (!requirements.get(i).matches(labels)) {
                return false;
            }
        }
        return true;
    }
}
