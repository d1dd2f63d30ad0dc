package dev.heddle.node.cni;

import static dev.heddle.node.cni.CniErrorCode.INVALID_CONFIG;
import static dev.heddle.node.cni.CniErrorCode.INVALID_ENVIRONMENT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what the runtime gave the plugin: environment and configuration of CNI specification 1.1.0, sections
 * "Parameters" and "Execution configuration format".
 */
final class RequestParser {
    static final List<String> VERSIONS = List.of("0.3.0", "0.3.1", "0.4.0", "1.0.0", "1.1.0");
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_SECONDS = 30;
    private static final int MAX_SECONDS = 600;

    private final Map<String, String> environment;
    private final JsonNode config;

    RequestParser(WireFormat.Request raw) throws CniException {
        environment = raw.environment();
        try {
            config = JSON.readTree(raw.config());
        } catch (JsonProcessingException e) {
            throw new CniException(CniErrorCode.UNDECODABLE, "configuration is no JSON: " + firstLine(e));
        }
    }

    /** The version that every answer must carry. */
    String version() {
        String version = config.path("cniVersion").asText("");
        return VERSIONS.contains(version) ? version : VERSIONS.getLast();
    }

    CniRequest parse() throws CniException {
        String version = config.path("cniVersion").asText("");
        if (!VERSIONS.contains(version)) {
            throw new CniException(
                    CniErrorCode.INCOMPATIBLE_VERSION,
                    "cniVersion \"" + version + "\" is not supported, only " + String.join(", ", VERSIONS));
        }
        String command = variable("CNI_COMMAND");
        return switch (command) {
            case "ADD" -> new CniRequest.Add(attachment(), previous(), bound());
            case "CHECK" -> new CniRequest.Check(attachment());
            case "DEL" -> new CniRequest.Del(id());
            case "GC" -> new CniRequest.Gc(valid());
            case "STATUS" -> new CniRequest.Status();
            default -> throw new CniException(INVALID_ENVIRONMENT, "CNI_COMMAND \"" + command + "\" is not known");
        };
    }

    private Attachment attachment() throws CniException {
        return PreviousResult.attachment(id(), Path.of(variable("CNI_NETNS")), pod(), previous());
    }

    private AttachmentId id() throws CniException {
        return new AttachmentId(variable("CNI_CONTAINERID"), variable("CNI_IFNAME"));
    }

    private PodRef pod() throws CniException {
        Map<String, String> args = new HashMap<>();
        for (String pair : environment.getOrDefault("CNI_ARGS", "").split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                args.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
            }
        }
        String namespace = args.getOrDefault("K8S_POD_NAMESPACE", "");
        String name = args.getOrDefault("K8S_POD_NAME", "");
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new CniException(
                    INVALID_ENVIRONMENT, "CNI_ARGS names no pod: K8S_POD_NAMESPACE and K8S_POD_NAME are needed");
        }
        String uid = args.getOrDefault("K8S_POD_UID", "");
        return new PodRef(namespace, name, uid.isEmpty() ? null : uid);
    }

    private JsonNode previous() throws CniException {
        JsonNode previous = config.path("prevResult");
        if (!previous.isObject()) {
            throw new CniException(
                    INVALID_CONFIG, "no prevResult: heddle-cni must follow the plugin that makes the interface");
        }
        return previous;
    }

    private Duration bound() {
        int seconds = config.path("timeoutSeconds").asInt(DEFAULT_SECONDS);
        return Duration.ofSeconds(seconds > 0 ? Math.min(seconds, MAX_SECONDS) : DEFAULT_SECONDS);
    }

    private Set<AttachmentId> valid() throws CniException {
        JsonNode list = config.path("cni.dev/valid-attachments");
        // libcni writes an empty list as null; an absent one must not read as "nothing is valid"
        if (!list.isArray() && !list.isNull()) {
            throw new CniException(INVALID_CONFIG, "GC without cni.dev/valid-attachments");
        }
        Set<AttachmentId> valid = new LinkedHashSet<>();
        for (JsonNode each : list) {
            valid.add(new AttachmentId(
                    each.path("containerID").asText(""), each.path("ifname").asText("")));
        }
        return valid;
    }

    private String variable(String name) throws CniException {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new CniException(INVALID_ENVIRONMENT, name + " is not set");
        }
        return value;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
