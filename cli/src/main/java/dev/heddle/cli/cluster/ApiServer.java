package dev.heddle.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.cli.failure.NoAnswerException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads objects page by page and keeps of each only what was asked for. */
final class ApiServer {

    private static final int PAGE = 500;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final KubernetesClient client;

    ApiServer(KubernetesClient client) {
        this.client = client;
    }

    /**
     * All objects of a kind.
     *
     * @param path such as {@code /api/v1/pods}, without a query
     * @param query selectors, such as {@code labelSelector=app}; empty for none
     * @param read what is kept of an object
     */
    <T> List<T> list(String path, String query, Function<JsonNode, T> read) {
        return listKnown(path, query, read).orElseThrow(() -> unknownKind(path));
    }

    /** The same of a kind that may not be installed; empty when it is not. */
    <T> Optional<List<T>> listKnown(String path, String query, Function<JsonNode, T> read) {
        List<T> found = new ArrayList<>();
        String next = "";
        do {
            String page = path + "?limit=" + PAGE + (query.isEmpty() ? "" : "&" + query)
                    + (next.isEmpty() ? "" : "&continue=" + next);
            Optional<JsonNode> list = get(page);
            if (list.isEmpty()) {
                return Optional.empty();
            }
            list.get().path("items").forEach(item -> found.add(read.apply(item)));
            next = list.get().path("metadata").path("continue").asText("");
        } while (!next.isEmpty());
        return Optional.of(found);
    }

    /** Whether somebody may not see what was asked for. */
    static boolean isForbidden(NoAnswerException e) {
        return e.getCause() instanceof KubernetesClientException cause && cause.getCode() == 403;
    }

    /** Reads while something else is read. */
    <T> Background<T> inBackground(Supplier<T> read) {
        return Background.of(read);
    }

    /** One object; empty when it is not there. */
    Optional<JsonNode> get(String path) {
        try {
            String answer = client.raw(path);
            return answer == null ? Optional.empty() : Optional.of(MAPPER.readTree(answer));
        } catch (KubernetesClientException e) {
            throw new NoAnswerException(why(path, e), e);
        } catch (JsonProcessingException e) {
            throw new NoAnswerException(client.getMasterUrl() + " is no API server: its answer is no JSON", e);
        }
    }

    /** A part of an object as the record that travels in it; null when it is absent. */
    static <T> @Nullable T part(JsonNode node, Class<T> type) {
        try {
            return node.isMissingNode() || node.isNull() ? null : MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new NoAnswerException(
                    "the API server has a " + type.getSimpleName() + " that cannot be read: " + e.getOriginalMessage()
                            + "; this plugin and the cluster's Heddle are of different versions",
                    e);
        }
    }

    private NoAnswerException unknownKind(String path) {
        return new NoAnswerException(
                client.getMasterUrl() + " does not know " + path + ": Heddle is not installed in this cluster");
    }

    private String why(String path, KubernetesClientException e) {
        return switch (e.getCode()) {
            case 401 ->
                client.getMasterUrl() + " does not know you: the credentials of the kubeconfig are not accepted";
            case 403 -> "you may not read " + path + ": " + e.getMessage();
            default ->
                e.getStatus() == null
                        ? "cannot reach " + client.getMasterUrl() + ": " + root(e)
                        : client.getMasterUrl() + " answers " + e.getMessage();
        };
    }

    /** What went wrong first. */
    static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
