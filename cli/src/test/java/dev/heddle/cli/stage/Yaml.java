package dev.heddle.cli.stage;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Objects as people write them. */
public final class Yaml {

    private static final YAMLMapper MAPPER = new YAMLMapper();

    private Yaml() {}

    /** NetworkPolicies of generation 1, one for each document; kind and version may be left out. */
    public static List<NetworkPolicy> policies(String documents) {
        try (var read = MAPPER.readerFor(NetworkPolicy.class).<NetworkPolicy>readValues(documents)) {
            List<NetworkPolicy> policies = read.readAll();
            policies.forEach(policy -> policy.getMetadata().setGeneration(1L));
            return List.copyOf(policies);
        } catch (IOException e) {
            throw new UncheckedIOException(documents, e);
        }
    }
}
