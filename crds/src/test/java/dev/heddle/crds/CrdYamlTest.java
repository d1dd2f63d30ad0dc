package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdYamlTest {

    static final Path COMMITTED = Path.of("../config/crd");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void theCommittedSchemasAreThoseOfTheRecords(@TempDir Path scratch) throws IOException {
        SortedMap<String, String> generated = CrdYaml.generate(scratch);
        assertThat(generated).hasSameSizeAs(CrdYaml.KINDS);
        if (Boolean.getBoolean("heddle.regenerate")) {
            write(generated);
        }

        assertThat(committed())
                .as("config/crd is not what the records say. Run: ./mvnw -pl crds -am test "
                        + "-Dsurefire.failIfNoSpecifiedTests=false -Dtest=CrdYamlTest "
                        + "-Dheddle.argLine=-Dheddle.regenerate=true")
                .isEqualTo(generated);
    }

    @Test
    void kubectlExplainsEveryField() throws IOException {
        List<String> silent = new ArrayList<>();
        for (String yaml : committed().values()) {
            var crd = YAML.unmarshal(yaml, CustomResourceDefinition.class);
            JSONSchemaProps schema =
                    crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
            collectSilent(schema, crd.getSpec().getNames().getKind(), silent);
        }

        assertThat(silent).as("fields without a description").isEmpty();
    }

    private static void collectSilent(JSONSchemaProps schema, String path, List<String> silent) {
        if (schema.getDescription() == null || schema.getDescription().isBlank()) {
            silent.add(path);
        }
        JSONSchemaProps one =
                schema.getItems() == null ? schema : schema.getItems().getSchema();
        if (one.getProperties() != null) {
            one.getProperties().forEach((name, field) -> collectSilent(field, path + "." + name, silent));
        }
    }

    private static void write(SortedMap<String, String> generated) throws IOException {
        Files.createDirectories(COMMITTED);
        for (Map.Entry<String, String> file : generated.entrySet()) {
            Files.writeString(COMMITTED.resolve(file.getKey()), file.getValue());
        }
    }

    private static SortedMap<String, String> committed() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(COMMITTED)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("kustomization.yaml")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }
}
