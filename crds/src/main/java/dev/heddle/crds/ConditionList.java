package dev.heddle.crds;

/** The schema of {@code status.conditions} beyond its items' types: apimachinery's {@code metav1.Condition}. */
final class ConditionList {

    /** A merge patch of a status' properties, in YAML's flow style. */
    static final String SCHEMA = "conditions: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [type], "
            + "items: {required: [type, status, reason, message, lastTransitionTime], properties: {"
            + "type: {maxLength: 316}, status: {enum: ['True', 'False', Unknown]}, "
            + "reason: {minLength: 1, maxLength: 1024}, message: {maxLength: 32768}, "
            + "lastTransitionTime: {format: date-time}, observedGeneration: {minimum: 0}}}}";

    private ConditionList() {}
}
