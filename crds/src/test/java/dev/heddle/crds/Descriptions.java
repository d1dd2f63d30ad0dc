package dev.heddle.crds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * Puts the docstrings of the records into the schemas, where {@code kubectl explain} shows them. A field says what the
 * tag of its component says, or what its type says when there is no tag.
 */
final class Descriptions {

    private final Javadoc javadoc;

    Descriptions(Javadoc javadoc) {
        this.javadoc = javadoc;
    }

    void addTo(CustomResourceDefinition definition) {
        Class<? extends HasMetadata> kind = CrdYaml.kind(definition);
        Type[] parts = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
        definition.getSpec().getVersions().forEach(one -> {
            JSONSchemaProps schema = one.getSchema().getOpenAPIV3Schema();
            schema.setDescription(javadoc.of(kind).orElseThrow());
            part(schema, "spec", (Class<?>) parts[0]);
            part(schema, "status", (Class<?>) parts[1]);
        });
    }

    private void part(JSONSchemaProps object, String name, Class<?> type) {
        if (type == Void.class) {
            object.getProperties().remove(name);
            return;
        }
        JSONSchemaProps schema = SchemaProperty.of(object, name);
        schema.setDescription(javadoc.of(type).orElseThrow());
        fields(schema, type);
    }

    private void fields(JSONSchemaProps schema, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            JSONSchemaProps field = SchemaProperty.of(schema, component.getName());
            Class<?> of = single(component.getGenericType());
            JSONSchemaProps one =
                    field.getItems() == null ? field : field.getItems().getSchema();
            field.setDescription(text(type, component.getName(), of));
            if (of.isRecord()) {
                fields(one, of);
            } else {
                foreign(one, of.getSimpleName());
            }
        }
    }

    private String text(Class<?> type, String component, Class<?> of) {
        Optional<String> ofType = javadoc.of(of);
        return javadoc.of(type, component)
                .map(tag -> of.isEnum() ? tag + ". " + ofType.orElse("") : tag)
                .or(() -> ofType)
                .map(Descriptions::sentence)
                .orElseThrow(() -> new IllegalStateException(
                        "say in the docstring of " + type.getName() + " what '" + component + "' is"));
    }

    /** Types of the Kubernetes model have no source here. */
    private static void foreign(JSONSchemaProps schema, String path) {
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> {
                String key = path + "." + name;
                field.setDescription(Optional.ofNullable(ForeignFields.WORDS.get(key))
                        .orElseThrow(() -> new IllegalStateException("say in ForeignFields what " + key + " is")));
                foreign(field.getItems() == null ? field : field.getItems().getSchema(), key);
            });
        }
    }

    /** The type of a field, or of its list's elements or its map's values. */
    private static Class<?> single(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) List.of(generic.getActualTypeArguments()).getLast()
                : (Class<?>) type;
    }

    private static String sentence(String text) {
        String words = text.strip();
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + (words.endsWith(".") ? "" : ".");
    }
}
