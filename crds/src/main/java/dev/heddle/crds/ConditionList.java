package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * Gives {@code conditions} the schema of apimachinery's {@code metav1.Condition}, and its list the key
 * {@code type}, so that several writers can each own a condition. Runs in the schema generator only.
 */
public final class ConditionList implements SchemaCustomizer.Customizer {

    /** Called by the generator. */
    public ConditionList() {}

    @Override
    public JSONSchemaProps apply(JSONSchemaProps status, String input, KubernetesSerialization serialization) {
        JSONSchemaProps conditions = SchemaProperty.of(status, "conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        JSONSchemaProps condition = conditions.getItems().getSchema();
        condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        SchemaProperty.of(condition, "type").setMaxLength(316L);
        // Not an enum: YAML 1.1 readers would take an unquoted True for a boolean.
        SchemaProperty.of(condition, "status").setPattern("^(True|False|Unknown)$");
        SchemaProperty.of(condition, "reason").setMinLength(1L);
        SchemaProperty.of(condition, "reason").setMaxLength(1024L);
        SchemaProperty.of(condition, "message").setMaxLength(32768L);
        SchemaProperty.of(condition, "lastTransitionTime").setFormat("date-time");
        SchemaProperty.of(condition, "observedGeneration").setMinimum(0.0);
        return status;
    }
}
