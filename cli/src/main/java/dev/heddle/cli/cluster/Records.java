package dev.heddle.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.Owner;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.facts.PodFacts.DeclaredPort;
import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects of the API server as facts: only the fields that answers need. */
final class Records {

    private Records() {}

    static String name(JsonNode item) {
        return item.path("metadata").path("name").asText();
    }

    static Map<String, String> labels(JsonNode item) {
        Map<String, String> labels = new TreeMap<>();
        item.path("metadata")
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    static PodFacts pod(JsonNode item) {
        JsonNode spec = item.path("spec");
        JsonNode status = item.path("status");
        Map<String, String> labels = labels(item);
        List<DeclaredPort> declared = new ArrayList<>();
        List<NamedPort> named = new ArrayList<>();
        spec.path("containers")
                .forEach(container -> container.path("ports").forEach(port -> {
                    Protocol protocol =
                            Protocol.valueOf(port.path("protocol").asText("TCP").toUpperCase(Locale.ROOT));
                    String name = port.path("name").asText("");
                    int number = port.path("containerPort").asInt();
                    declared.add(new DeclaredPort(name, protocol.number(), number));
                    if (!name.isEmpty()) {
                        named.add(new NamedPort(name, protocol, number));
                    }
                }));
        String phase = status.path("phase").asText();
        return new PodFacts(
                item.path("metadata").path("namespace").asText(),
                name(item),
                owner(item, labels),
                spec.path("nodeName").asText(""),
                spec.path("hostNetwork").asBoolean(),
                phase.equals("Succeeded") || phase.equals("Failed"),
                labels,
                named.stream().distinct().sorted().toList(),
                declared,
                addresses(
                        Stream.concat(Stream.of(status.path("podIP").asText("")), texts(status.path("podIPs"), "ip"))));
    }

    private static Owner owner(JsonNode item, Map<String, String> labels) {
        for (JsonNode owner : item.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean()) {
                return Owner.of(owner.path("kind").asText(), owner.path("name").asText(), labels);
            }
        }
        return Owner.itself(name(item));
    }

    static NodeFacts node(JsonNode item) {
        Stream<String> ranges = StreamSupport.stream(
                        item.path("spec").path("podCIDRs").spliterator(), false)
                .map(JsonNode::asText);
        return new NodeFacts(
                name(item),
                labels(item),
                addresses(texts(item.path("status").path("addresses"), "address")),
                ranges.map(Records::range).flatMap(Optional::stream).toList());
    }

    static PolicyObject networkPolicy(JsonNode item) {
        return new PolicyObject.Namespaced(
                Objects.requireNonNull(ApiServer.part(item, NetworkPolicy.class), "an item of a list is an object"));
    }

    static PolicyObject clusterNetworkPolicy(JsonNode item) {
        ObjectMeta metadata = ApiServer.part(item.path("metadata"), ObjectMeta.class);
        ClusterNetworkPolicySpec spec = ApiServer.part(item.path("spec"), ClusterNetworkPolicySpec.class);
        return new PolicyObject.ClusterWide(
                metadata == null ? new ObjectMeta() : metadata,
                spec == null ? new ClusterNetworkPolicySpec(null, null, null, null, null, null) : spec);
    }

    private static Stream<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.path(field).asText(""));
    }

    /** Host names are among a node's addresses too; they are no addresses here. */
    private static List<Cidr> addresses(Stream<String> texts) {
        return texts.map(Records::host).flatMap(Optional::stream).distinct().toList();
    }

    private static Optional<Cidr> host(String text) {
        try {
            return Optional.of(Cidr.host(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Cidr> range(String text) {
        try {
            return Optional.of(Cidr.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
