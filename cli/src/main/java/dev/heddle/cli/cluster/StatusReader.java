package dev.heddle.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.status.StatusFacts;
import dev.heddle.cli.status.StatusFacts.ClusterFacts;
import dev.heddle.cli.status.StatusFacts.ClusterPolicyObject;
import dev.heddle.cli.status.StatusFacts.InstallationObject;
import dev.heddle.cli.status.StatusFacts.NodeObject;
import dev.heddle.cli.status.StatusFacts.PolicyObject;
import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.crds.EnforcementReport;
import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.Heddle;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PolicySource;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what status is made from. */
final class StatusReader {

    private final ApiServer api;

    StatusReader(ApiServer api) {
        this.api = api;
    }

    StatusFacts everything() {
        var states = api.inBackground(() -> api.list(Paths.NODE_STATES, "", StatusReader::state));
        var nodes = api.inBackground(() -> api.list(Paths.NODES, "", StatusReader::name));
        var policies = api.inBackground(() -> api.list(Paths.NETWORK_POLICIES, "", StatusReader::policy));
        var clusterWide =
                api.inBackground(() -> api.listKnown(Paths.CLUSTER_NETWORK_POLICIES, "", StatusReader::clusterPolicy));
        var reports = api.inBackground(() -> api.list(Paths.REPORTS, "", item -> item));
        InstallationObject installation = api.get(Paths.HEDDLES + "/" + Heddle.NAME)
                .map(StatusReader::installation)
                .orElse(null);
        return new StatusFacts(
                new ClusterFacts(
                        installation,
                        nodes.join(),
                        states.join(),
                        clusterWide.join().orElse(List.of())),
                policies.join(),
                byNamespace(reports.join()));
    }

    StatusFacts of(String namespace) {
        var policies =
                api.inBackground(() -> api.list(Paths.in(namespace, Paths.NETWORK_POLICIES), "", StatusReader::policy));
        List<JsonNode> reports = api.get(Paths.in(namespace, Paths.REPORTS) + "/" + EnforcementReport.NAME)
                .map(List::of)
                .orElse(List.of());
        return new StatusFacts(null, policies.join(), byNamespace(reports));
    }

    private static String name(JsonNode item) {
        return item.path("metadata").path("name").asText();
    }

    private static InstallationObject installation(JsonNode item) {
        return new InstallationObject(generation(item), ApiServer.part(item.path("status"), HeddleStatus.class));
    }

    private static NodeObject state(JsonNode item) {
        NodeStateSpec spec = ApiServer.part(item.path("spec"), NodeStateSpec.class);
        return new NodeObject(
                name(item),
                generation(item),
                item.path("metadata").path("creationTimestamp").asText(),
                spec == null ? NodeStateSpec.Mode.Enforce : spec.mode(),
                ApiServer.part(item.path("status"), NodeStateStatus.class));
    }

    private static PolicyObject policy(JsonNode item) {
        return new PolicyObject(
                item.path("metadata").path("namespace").asText(),
                new PolicySource(
                        "NetworkPolicy",
                        name(item),
                        item.path("metadata").path("uid").asText(),
                        generation(item)));
    }

    private static ClusterPolicyObject clusterPolicy(JsonNode item) {
        ClusterNetworkPolicyStatus status = ApiServer.part(item.path("status"), ClusterNetworkPolicyStatus.class);
        Condition enforced = status == null
                ? null
                : status.conditions().stream()
                        .filter(condition -> condition.getType().equals(ClusterNetworkPolicyStatus.ENFORCED))
                        .findFirst()
                        .orElse(null);
        return new ClusterPolicyObject(name(item), generation(item), enforced);
    }

    private static long generation(JsonNode item) {
        return item.path("metadata").path("generation").asLong();
    }

    private static Map<String, List<PolicyReport>> byNamespace(List<JsonNode> reports) {
        Map<String, List<PolicyReport>> byNamespace = new TreeMap<>();
        for (JsonNode report : reports) {
            EnforcementReportStatus status = ApiServer.part(report.path("status"), EnforcementReportStatus.class);
            if (status != null && name(report).equals(EnforcementReport.NAME)) {
                byNamespace.put(report.path("metadata").path("namespace").asText(), status.policies());
            }
        }
        return byNamespace;
    }
}
