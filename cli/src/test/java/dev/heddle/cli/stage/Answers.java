package dev.heddle.cli.stage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API server answers to a path that is read. */
final class Answers {

    private final List<HasMetadata> objects;

    Answers(List<HasMetadata> objects) {
        this.objects = objects;
    }

    /** An object, or a list of all of a kind, perhaps empty; nothing for an object that is not there. */
    Optional<String> to(String path) {
        for (HasMetadata object : objects) {
            if (path.equals(list(object) + "/" + object.getMetadata().getName())) {
                return Optional.of(Serialization.asJson(object));
            }
        }
        if (!path.matches("/(api|apis/[^/]+)/[^/]+(/namespaces/[^/]+(?=/))?/[^/]+")) {
            return Optional.empty();
        }
        List<HasMetadata> found = objects.stream()
                .filter(object -> path.equals(list(object)) || path.equals(clusterList(object)))
                .toList();
        return Optional.of(
                Serialization.asJson(Map.of("kind", "List", "apiVersion", "v1", "metadata", Map.of(), "items", found)));
    }

    private static String list(HasMetadata object) {
        String namespace = object.getMetadata().getNamespace();
        return group(object) + (namespace == null ? "" : "/namespaces/" + namespace) + "/" + object.getPlural();
    }

    private static String clusterList(HasMetadata object) {
        return group(object) + "/" + object.getPlural();
    }

    private static String group(HasMetadata object) {
        String version = object.getApiVersion();
        return (version.indexOf('/') < 0 ? "/api/" : "/apis/") + version;
    }
}
