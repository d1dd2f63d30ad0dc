package dev.heddle.cli.cluster;

import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.whatif.WhatIfFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what is there to be changed: the whole cluster, a few fields of each object. */
final class WhatIfReader {

    private final ApiServer api;

    WhatIfReader(ApiServer api) {
        this.api = api;
    }

    WhatIfFacts read() {
        var pods = api.inBackground(() -> api.list(Paths.PODS, "", Records::pod));
        var nodes = api.inBackground(() -> api.list(Paths.NODES, "", Records::node));
        var namespaced = api.inBackground(() -> api.list(Paths.NETWORK_POLICIES, "", Records::networkPolicy));
        var clusterWide = api.inBackground(
                () -> api.listKnown(Paths.CLUSTER_NETWORK_POLICIES, "", Records::clusterNetworkPolicy));
        Map<String, Map<String, String>> namespaces = new TreeMap<>();
        api.list(Paths.NAMESPACES, "", item -> Map.entry(Records.name(item), Records.labels(item)))
                .forEach(namespace -> namespaces.put(namespace.getKey(), namespace.getValue()));
        List<PolicyObject> policies = new ArrayList<>(namespaced.join());
        policies.addAll(clusterWide.join().orElse(List.of()));
        return new WhatIfFacts(pods.join(), namespaces, nodes.join(), policies);
    }
}
