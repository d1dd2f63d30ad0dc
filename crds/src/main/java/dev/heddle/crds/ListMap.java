package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Makes a list property a map for server-side apply. The input is {@code PROPERTY: KEY KEY ...}. Runs in the
 * schema generator only.
 */
public final class ListMap implements SchemaCustomizer.Customizer {

    /** Called by the generator. */
    public ListMap() {}

    @Override
    public JSONSchemaProps apply(JSONSchemaProps owner, String input, KubernetesSerialization serialization) {
        int colon = input.indexOf(':');
        List<String> keys = Arrays.asList(input.substring(colon + 1).trim().split(" ", -1));
        JSONSchemaProps list = property(owner, input.substring(0, colon));
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(keys);
        return owner;
    }

    static JSONSchemaProps property(JSONSchemaProps owner, String name) {
        return Objects.requireNonNull(owner.getProperties().get(name), name);
    }
}
