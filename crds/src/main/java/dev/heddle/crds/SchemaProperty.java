package dev.heddle.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Objects;

/** Finds a property in an object's schema. Runs in the schema generator only. */
final class SchemaProperty {

    private SchemaProperty() {}

    static JSONSchemaProps of(JSONSchemaProps owner, String name) {
        return Objects.requireNonNull(owner.getProperties().get(name), name);
    }
}
