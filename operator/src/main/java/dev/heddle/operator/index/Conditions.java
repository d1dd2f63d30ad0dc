package dev.heddle.operator.index;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds {@code status.conditions}; a condition whose status stays keeps its transition time. */
public final class Conditions {

    private final List<Condition> before;
    private final String now;
    private final @Nullable Long generation;
    private final List<Condition> conditions = new ArrayList<>();

    /**
     * Starts a list.
     *
     * @param before the conditions as they were last written
     * @param now RFC 3339 time of conditions whose status changes
     */
    public Conditions(List<Condition> before, String now) {
        this(before, now, null);
    }

    /** @param generation of the object that the conditions are about; null when they are about several */
    Conditions(List<Condition> before, String now, @Nullable Long generation) {
        this.before = before;
        this.now = now;
        this.generation = generation;
    }

    public void set(String type, boolean holds, String reason, String message) {
        String status = holds ? "True" : "False";
        String since = before.stream()
                .filter(condition -> type.equals(condition.getType()) && status.equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .findFirst()
                .orElse(now);
        conditions.add(new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(since)
                .withObservedGeneration(generation)
                .build());
    }

    public List<Condition> list() {
        return List.copyOf(conditions);
    }
}
