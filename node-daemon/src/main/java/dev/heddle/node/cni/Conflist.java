package dev.heddle.node.cni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Derives Heddle's network configuration list from that of the base plugin: the same network with {@code heddle-cni}
 * at the end of its chain. Runtimes take the first file in lexical order, which is ours. The network's name stays,
 * because address management and the runtimes' caches are keyed by it: pods made before and after belong to one network.
 * Pure; source: CNI specification 1.1.0, section 1, and libcni's choice of files.
 */
public final class Conflist {
    /** Our file; it sorts before what network plugins usually call theirs. */
    public static final String FILE_NAME = "05-heddle.conflist";

    static final String PLUGIN = "heddle-cni";
    private static final List<String> SUFFIXES = List.of(".conf", ".conflist", ".json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Conflist() {}

    /** What should become of our file. */
    sealed interface Derivation {
        /** It should have this content. */
        record Derived(String base, String content) implements Derivation {}

        /** There is nothing to chain to: it should not exist. */
        record NoBase() implements Derivation {}

        /** The base cannot be followed: what is there stays, so that no pod starts without us. */
        record Unusable(String base, String why) implements Derivation {}
    }

    /** Whether the runtimes would read a file of this name, and it is not ours. */
    static boolean isCandidate(String fileName) {
        return !fileName.equals(FILE_NAME) && SUFFIXES.stream().anyMatch(fileName::endsWith);
    }

    /** @param files the folder's files by name; others than {@link #isCandidate} are ignored */
    static Derivation derive(SortedMap<String, String> files, PluginSettings settings) {
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (isCandidate(file.getKey())) {
                return follow(file.getKey(), file.getValue(), settings);
            }
        }
        return new Derivation.NoBase();
    }

    private static Derivation follow(String base, String content, PluginSettings settings) {
        JsonNode parsed;
        try {
            parsed = JSON.readTree(content);
        } catch (JsonProcessingException e) {
            return new Derivation.Unusable(base, "it is no JSON");
        }
        if (!(parsed instanceof ObjectNode read)) {
            return new Derivation.Unusable(base, "it is no JSON object");
        }
        ObjectNode list = base.endsWith(".conflist") ? read : wrap(read);
        String version = list.path("cniVersion").asText("");
        if (!RequestParser.VERSIONS.contains(version)) {
            return new Derivation.Unusable(
                    base, "its cniVersion \"" + version + "\" is none of " + String.join(", ", RequestParser.VERSIONS));
        }
        if (!(list.get("plugins") instanceof ArrayNode plugins) || plugins.isEmpty()) {
            return new Derivation.Unusable(base, "it lists no plugins");
        }
        if (list.path("name").asText("").isEmpty()) {
            return new Derivation.Unusable(base, "it has no name");
        }
        append(plugins, settings);
        return new Derivation.Derived(base, render(list));
    }

    /** A file of one plugin becomes a list of one; name and version belong to the list then. */
    private static ObjectNode wrap(ObjectNode single) {
        ObjectNode list = JSON.createObjectNode();
        list.set("cniVersion", single.path("cniVersion"));
        list.set("name", single.path("name"));
        ObjectNode plugin = single.deepCopy();
        plugin.remove(List.of("cniVersion", "name"));
        list.putArray("plugins").add(plugin);
        return list;
    }

    private static void append(ArrayNode plugins, PluginSettings settings) {
        for (int i = plugins.size() - 1; i >= 0; i--) { // somebody may have chained us by hand
            if (plugins.get(i).path("type").asText("").equals(PLUGIN)) {
                plugins.remove(i);
            }
        }
        plugins.addObject()
                .put("type", PLUGIN)
                .put("socket", settings.socket())
                .put("timeoutSeconds", settings.timeoutSeconds());
    }

    private static String render(ObjectNode list) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }
}
