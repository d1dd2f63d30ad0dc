package dev.heddle.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.cli.cluster.EndReader.Found;
import dev.heddle.cli.explain.End;
import dev.heddle.cli.explain.ExplainFacts;
import dev.heddle.cli.explain.ExplainFacts.Claim;
import dev.heddle.cli.explain.ExplainFacts.NodeReport;
import dev.heddle.cli.explain.Place;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what an explanation is made from: the two ends, and no more of the cluster than concerns them. */
final class ExplainReader {

    private final ApiServer api;
    private final List<String> notes = new ArrayList<>();

    ExplainReader(ApiServer api) {
        this.api = api;
    }

    ExplainFacts read(Place from, Place to) {
        EndReader ends = new EndReader(api);
        var receiver = api.inBackground(() -> ends.find(to));
        Found one = ends.find(from);
        Found other = receiver.join();
        Stream.of(one.note(), other.note()).filter(note -> !note.isEmpty()).forEach(notes::add);
        List<PodFacts> pods = Stream.of(one.end(), other.end())
                .filter(End.OfPod.class::isInstance)
                .map(end -> ((End.OfPod) end).pod())
                .toList();
        var reports = api.inBackground(() -> reports(pods));
        return new ExplainFacts(one.end(), other.end(), policies(pods), reports.join(), notes);
    }

    private List<PolicyObject> policies(List<PodFacts> pods) {
        var clusterWide = api.inBackground(this::clusterWide);
        List<PolicyObject> policies = new ArrayList<>();
        pods.stream()
                .map(PodFacts::namespace)
                .distinct()
                .forEach(namespace -> policies.addAll(
                        api.list(Paths.in(namespace, Paths.NETWORK_POLICIES), "", Records::networkPolicy)));
        clusterWide
                .join()
                .ifPresentOrElse(
                        policies::addAll,
                        () -> notes.add("you may not read ClusterNetworkPolicies: if there are any, what is written"
                                + " is only a part of what holds"));
        return policies;
    }

    /** Empty when the user may not read them; a cluster without the kind has none. */
    private Optional<List<PolicyObject>> clusterWide() {
        try {
            return Optional.of(api.listKnown(Paths.CLUSTER_NETWORK_POLICIES, "", Records::clusterNetworkPolicy)
                    .orElse(List.of()));
        } catch (NoAnswerException e) {
            if (ApiServer.isForbidden(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<String, NodeReport> reports(List<PodFacts> pods) {
        Map<String, NodeReport> reports = new HashMap<>();
        for (String node : pods.stream().map(PodFacts::node).distinct().toList()) {
            report(node).ifPresent(report -> reports.put(node, report));
        }
        return reports;
    }

    /** They only say why something differs: who may not see them has an answer all the same. */
    private Optional<NodeReport> report(String node) {
        try {
            var endpoints = api.inBackground(() -> api.get(Paths.NODE_ENDPOINTS + "/" + node));
            Optional<JsonNode> state = api.get(Paths.NODE_STATES + "/" + node);
            Set<Claim> claims = endpoints.join().map(ExplainReader::claims).orElse(Set.of());
            return state.map(object -> report(object, claims));
        } catch (NoAnswerException e) {
            if (ApiServer.isForbidden(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static NodeReport report(JsonNode state, Set<Claim> claims) {
        NodeStateStatus status = ApiServer.part(state.path("status"), NodeStateStatus.class);
        return new NodeReport(
                status == null ? 0 : status.told(),
                status == null ? 0 : status.inForce(),
                status == null ? List.of() : status.failures(),
                claims);
    }

    private static Set<Claim> claims(JsonNode endpoints) {
        NodeEndpointsStatus status = ApiServer.part(endpoints.path("status"), NodeEndpointsStatus.class);
        return status == null
                ? Set.of()
                : status.claims().stream().map(ExplainReader::claim).collect(Collectors.toSet());
    }

    private static Claim claim(EndpointClaim claim) {
        return new Claim(Cidr.host(claim.address()), claim.identity());
    }
}
