package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code config/clusternetworkpolicy} defines the kind that the records read: every field, and no other. */
class ClusterNetworkPolicyKindTest {

    static final Path DEFINITION = Path.of("../config/clusternetworkpolicy/clusternetworkpolicies.yaml");

    private final CustomResourceDefinition definition = read();

    @Test
    void itIsTheKindThatHeddleWatches() {
        assertThat(definition.getMetadata().getName()).isEqualTo(ClusterNetworkPolicy.CRD_NAME);
        assertThat(definition.getSpec().getGroup()).isEqualTo(HasMetadata.getGroup(ClusterNetworkPolicy.class));
        assertThat(definition.getSpec().getScope()).isEqualTo("Cluster");
        assertThat(definition.getSpec().getNames().getKind())
                .isEqualTo(HasMetadata.getKind(ClusterNetworkPolicy.class));
        assertThat(definition.getSpec().getNames().getPlural())
                .isEqualTo(HasMetadata.getPlural(ClusterNetworkPolicy.class));
        assertThat(version().getName()).isEqualTo(HasMetadata.getVersion(ClusterNetworkPolicy.class));
        assertThat(version().getSubresources().getStatus()).isNotNull();
    }

    @Test
    void itsFieldsAreThoseOfTheRecords() {
        Map<String, String> wanted = new TreeMap<>();
        fields("spec", ClusterNetworkPolicySpec.class, wanted);
        Map<String, String> defined = new TreeMap<>();
        fields("spec", schema("spec"), defined);

        assertThat(defined).isEqualTo(wanted);
    }

    @Test
    void everyWriterOwnsItsConditions() {
        JSONSchemaProps conditions = SchemaProperty.of(schema("status"), "conditions");
        assertThat(conditions.getXKubernetesListType()).isEqualTo("map");
        assertThat(conditions.getXKubernetesListMapKeys()).containsExactly("type");
    }

    private JSONSchemaProps schema(String field) {
        return SchemaProperty.of(version().getSchema().getOpenAPIV3Schema(), field);
    }

    private CustomResourceDefinitionVersion version() {
        return definition.getSpec().getVersions().getFirst();
    }

    /** Path to type. */
    private static void fields(String path, Type type, Map<String, String> into) {
        if (type instanceof ParameterizedType list) {
            fields(path + "[]", list.getActualTypeArguments()[0], into);
        } else if (type == LabelSelector.class) {
            into.put(path + ".matchLabels", "object");
            into.put(path + ".matchExpressions[].key", "string");
            into.put(path + ".matchExpressions[].operator", "string");
            into.put(path + ".matchExpressions[].values[]", "string");
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                if (!component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
                    fields(path + "." + component.getName(), component.getGenericType(), into);
                }
            }
        } else {
            into.put(path, type == Integer.class ? "integer" : "string");
        }
    }

    private static void fields(String path, JSONSchemaProps schema, Map<String, String> into) {
        if (schema.getItems() != null) {
            fields(path + "[]", schema.getItems().getSchema(), into);
        } else if (schema.getProperties() != null && !schema.getProperties().isEmpty()) {
            schema.getProperties().forEach((name, field) -> fields(path + "." + name, field, into));
        } else {
            into.put(path, schema.getType());
        }
    }

    private static CustomResourceDefinition read() {
        try {
            return new KubernetesSerialization()
                    .unmarshal(Files.readString(DEFINITION), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
