package dev.heddle.olm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All files of the bundle, by their path inside it (format registry+v1). */
final class Bundle {

    static final String CSV = "manifests/heddle-operator.clusterserviceversion.yaml";

    private static final String HEAD = "# Generated from config/; BundleTest says how.\n";

    private static final String ANNOTATIONS = HEAD + """
            annotations:
              operators.operatorframework.io.bundle.mediatype.v1: registry+v1
              operators.operatorframework.io.bundle.manifests.v1: manifests/
              operators.operatorframework.io.bundle.metadata.v1: metadata/
              operators.operatorframework.io.bundle.package.v1: heddle
              operators.operatorframework.io.bundle.channels.v1: alpha
              operators.operatorframework.io.bundle.channel.default.v1: alpha
            """;

    private Bundle() {}

    static SortedMap<String, String> generate(Path config) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        files.put(CSV, HEAD + yaml(Csv.of(Config.read(config))));
        files.put("metadata/annotations.yaml", ANNOTATIONS);
        try (Stream<Path> crds = Files.list(config.resolve("crd"))) {
            for (Path crd : crds.toList()) {
                String name = crd.getFileName().toString();
                if (!name.equals("kustomization.yaml")) {
                    files.put("manifests/" + name.replace(".yaml", ".crd.yaml"), Files.readString(crd));
                }
            }
        }
        return files;
    }

    private static String yaml(Object object) {
        String yaml = Config.YAML.asYaml(object);
        return yaml.startsWith("---\n") ? yaml.substring(4) : yaml;
    }
}
