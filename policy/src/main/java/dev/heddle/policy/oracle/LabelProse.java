package dev.heddle.policy.oracle;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API reference says of {@code metav1.LabelSelector}. */
final class LabelProse {

    private LabelProse() {}

    /** "The result of matchLabels and matchExpressions are ANDed. An empty label selector matches all objects." */
    static boolean selects(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector == null
                || (labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                        && selector.getMatchExpressions().stream().allMatch(expression -> meets(expression, labels)));
    }

    private static boolean meets(LabelSelectorRequirement expression, Map<String, String> labels) {
        String value = labels.get(expression.getKey());
        return switch (expression.getOperator()) {
            case "In" -> value != null && expression.getValues().contains(value);
            case "NotIn" -> value == null || !expression.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException("not a valid selector: " + expression);
        };
    }
}
