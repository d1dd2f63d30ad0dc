package dev.heddle.crds;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates the schemas from the records. */
final class CrdYaml {

    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Heddle.class,
            PolicyHead.class,
            PolicySet.class,
            NodeState.class,
            NodeEndpoints.class,
            PublishedIdentity.class,
            EnforcementReport.class);

    private static final String HEAD = "# Generated from the records in crds/; CrdYamlTest says how.\n";

    private CrdYaml() {}

    /** File name to content. */
    static SortedMap<String, String> generate(Path scratch) throws IOException {
        Descriptions descriptions = new Descriptions(Javadoc.read());
        new CRDGenerator()
                .inOutputDir(scratch.toFile())
                .forCRDVersions("v1")
                .withParallelGenerationEnabled(false)
                .withMinQuotes(true)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        CustomResourceDefinition definition = (CustomResourceDefinition) crd;
                        ColumnOrder.putInto(definition);
                        descriptions.addTo(definition);
                        return definition;
                    }
                })
                .customResourceClasses(KINDS)
                .generate();
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> written = Files.list(scratch)) {
            for (Path file : written.toList()) {
                String name = file.getFileName().toString().replace(".heddle.dev-v1.yml", ".yaml");
                files.put(name, HEAD + asStored(Files.readString(file)));
            }
        }
        return files;
    }

    /** The class that a definition was generated from. */
    static Class<? extends HasMetadata> kind(CustomResourceDefinition definition) {
        String name = definition.getSpec().getNames().getKind();
        return KINDS.stream()
                .filter(kind -> HasMetadata.getKind(kind).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As the API server stores it: no defaults and no fractions, or every apply would be a change. */
    private static String asStored(String yaml) {
        return yaml.lines()
                .filter(line -> !line.startsWith("#") && !line.strip().equals("priority: 0"))
                .map(line -> line.replaceFirst("((?:minimum|maximum): \\d+)\\.0$", "$1"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
