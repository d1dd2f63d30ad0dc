package dev.heddle.cli.whatif;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Policies that would be applied, from YAML or JSON as people give it to kubectl: documents and lists.
 *
 * @param ignored what else there was, in words: only policies count
 */
public record Manifests(List<PolicyObject> policies, List<String> ignored) {

    private static final String NETWORKING = "networking.k8s.io/v1";
    private static final String CLUSTER_WIDE = "policy.networking.k8s.io/v1alpha2";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * Reads every document of a text.
     *
     * @param source of the text, for complaints
     * @param namespace of objects that say none
     * @throws NoAnswerException if a document is no object, or a policy cannot be read at all
     */
    public static Manifests read(String text, String source, String namespace) {
        Manifests read = new Manifests(new ArrayList<>(), new ArrayList<>());
        int number = 0;
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                number++;
                JsonNode document = documents.nextValue();
                if (!document.isNull() && !document.isMissingNode()) {
                    read.take(document, source + ", document " + number, namespace);
                }
            }
        } catch (IOException e) {
            String why = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new NoAnswerException(source + ", document " + Math.max(1, number) + ": " + why, e);
        }
        return read;
    }

    private void take(JsonNode object, String place, String namespace) throws JsonProcessingException {
        String kind = object.path("kind").asText("");
        String version = object.path("apiVersion").asText("");
        if (kind.isEmpty() || version.isEmpty()) {
            throw new NoAnswerException(place + ": an object has a kind and an apiVersion");
        }
        if (kind.endsWith("List") && object.path("items").isArray()) {
            for (JsonNode item : object.path("items")) {
                take(typed(item, kind, version), place, namespace);
            }
            return;
        }
        String name = object.path("metadata").path("name").asText("");
        boolean known = (kind.equals(PolicyObject.Namespaced.KIND) && version.equals(NETWORKING))
                || (kind.equals(ClusterNetworkPolicyTranslator.KIND) && version.equals(CLUSTER_WIDE));
        if (!known) {
            ignored.add(version + " " + kind + " " + name);
            return;
        }
        if (name.isEmpty()) {
            throw new NoAnswerException(place + ": metadata.name is missing");
        }
        policies.add(kind.equals(PolicyObject.Namespaced.KIND) ? namespaced(object, namespace) : clusterWide(object));
    }

    /** Items of a typed list need not say what they are. */
    private static JsonNode typed(JsonNode item, String listKind, String version) {
        if (item instanceof ObjectNode object && !item.has("kind") && !listKind.equals("List")) {
            object.put("kind", listKind.substring(0, listKind.length() - "List".length()));
            object.put("apiVersion", version);
        }
        return item;
    }

    private static PolicyObject namespaced(JsonNode object, String namespace) throws JsonProcessingException {
        NetworkPolicy policy = MAPPER.treeToValue(object, NetworkPolicy.class);
        if (policy.getMetadata().getNamespace() == null) {
            policy.getMetadata().setNamespace(namespace);
        }
        return new PolicyObject.Namespaced(policy);
    }

    private static PolicyObject clusterWide(JsonNode object) throws JsonProcessingException {
        ObjectMeta metadata = MAPPER.treeToValue(object.path("metadata"), ObjectMeta.class);
        JsonNode spec = object.path("spec").isObject() ? object.path("spec") : MAPPER.createObjectNode();
        return new PolicyObject.ClusterWide(metadata, MAPPER.treeToValue(spec, ClusterNetworkPolicySpec.class));
    }

    /**
     * Reads what would be deleted: {@code netpol/NAME}, {@code netpol/NAMESPACE/NAME} or {@code cnp/NAME}, kinds in any
     * form that kubectl takes.
     *
     * @param namespace of objects that say none
     * @throws NoAnswerException if it is none of these
     */
    public static PolicyObject.Key key(String text, String namespace) {
        String[] parts = text.split("/", -1);
        String kind = kind(parts[0]);
        if (kind.equals(PolicyObject.Namespaced.KIND) && (parts.length == 2 || parts.length == 3)) {
            return new PolicyObject.Key(kind, parts.length == 3 ? parts[1] : namespace, parts[parts.length - 1]);
        }
        if (kind.equals(ClusterNetworkPolicyTranslator.KIND) && parts.length == 2) {
            return new PolicyObject.Key(kind, "", parts[1]);
        }
        throw new NoAnswerException(
                "'" + text
                        + "' names no policy; give networkpolicy/NAME, networkpolicy/NAMESPACE/NAME or clusternetworkpolicy/NAME");
    }

    private static String kind(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "netpol", "networkpolicy", "networkpolicies" -> PolicyObject.Namespaced.KIND;
            case "cnp", "clusternetworkpolicy", "clusternetworkpolicies" -> ClusterNetworkPolicyTranslator.KIND;
            default -> "";
        };
    }
}
