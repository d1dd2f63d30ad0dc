package dev.heddle.policy.translate;

import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Requirement.Operator;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code metav1.LabelSelector} by the rules of apimachinery's validation. */
final class Selectors {

    private static final Map<String, Operator> OPERATORS = Map.of(
            "In", Operator.IN,
            "NotIn", Operator.NOT_IN,
            "Exists", Operator.EXISTS,
            "DoesNotExist", Operator.DOES_NOT_EXIST);
    private static final Pattern KEY = Pattern.compile(
            "(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private Selectors() {}

    /** The selector. Requirements that cannot be read are complained of and left out: then it selects too much. */
    static LabelSelector read(io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector, Field field) {
        if (selector == null) {
            return LabelSelector.EVERYTHING;
        }
        field.rejectUnknown(selector.getAdditionalProperties());
        List<Requirement> requirements = new ArrayList<>();
        Map<String, String> labels = selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
        new TreeMap<>(labels).forEach((key, value) -> {
            Field label = field.at("matchLabels").at(key);
            boolean readableKey = isKey(key, label);
            boolean readableValue = isValue(value, label);
            if (readableKey && readableValue) {
                requirements.add(new Requirement(key, Operator.IN, List.of(value)));
            }
        });
        List<LabelSelectorRequirement> expressions = Lists.orEmpty(selector.getMatchExpressions());
        for (int i = 0; i < expressions.size(); i++) {
            expression(expressions.get(i), field.at("matchExpressions").at(i)).ifPresent(requirements::add);
        }
        return new LabelSelector(requirements);
    }

    private static Optional<Requirement> expression(LabelSelectorRequirement read, Field field) {
        field.rejectUnknown(read.getAdditionalProperties());
        boolean readable = isKey(read.getKey(), field.at("key"));
        Operator operator = OPERATORS.get(String.valueOf(read.getOperator()));
        if (operator == null) {
            field.at("operator")
                    .reject("'" + read.getOperator() + "' is no operator; use In, NotIn, Exists or DoesNotExist");
            return Optional.empty();
        }
        List<String> values = Lists.orEmpty(read.getValues());
        boolean wantsValues = operator == Operator.IN || operator == Operator.NOT_IN;
        if (wantsValues == values.isEmpty()) {
            field.at("values")
                    .reject(read.getOperator() + (wantsValues ? " needs at least one value" : " takes no values"));
            return Optional.empty();
        }
        for (int i = 0; i < values.size(); i++) {
            readable &= isValue(values.get(i), field.at("values").at(i));
        }
        return readable ? Optional.of(new Requirement(read.getKey(), operator, values)) : Optional.empty();
    }

    private static boolean isKey(@Nullable String key, Field field) {
        boolean readable = key != null && KEY.matcher(key).matches();
        if (!readable) {
            field.reject("'" + key + "' is no label key");
        }
        return readable;
    }

    private static boolean isValue(@Nullable String value, Field field) {
        boolean readable = value != null && VALUE.matcher(value).matches();
        if (!readable) {
            field.reject("'" + value + "' is no label value");
        }
        return readable;
    }
}
