package dev.heddle.cli.command;

import dev.heddle.cli.explain.End;
import dev.heddle.cli.explain.Place;
import dev.heddle.cli.facts.People;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.whatif.Manifests;
import dev.heddle.cli.whatif.WhatIfFacts;
import java.util.List;
import java.util.Map;

/** Pods {@code web-1} and {@code api-1} of namespace {@code shop}; api takes TCP 8080 of web alone. */
final class TwoPods {

    static final String POLICY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: api, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: api}}
              ingress:
              - {from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080}]}
            """;

    private static final PodFacts WEB = People.pod("shop", "web", 1, "node1", "10.244.1.5");
    private static final PodFacts API = People.pod("shop", "api", 1, "node2", "10.244.2.6");

    static final WhatIfFacts FACTS = new WhatIfFacts(
            List.of(WEB, API),
            Map.of("shop", Map.of()),
            List.of(
                    People.node("node1", "10.244.1.0/24", "172.30.0.1"),
                    People.node("node2", "10.244.2.0/24", "172.30.0.2")),
            Manifests.read(POLICY, "cluster", "shop").policies());

    private TwoPods() {}

    static End end(Place place) {
        PodFacts pod = place instanceof Place.Pod(var namespace, var name) && name.equals("api-1") ? API : WEB;
        return new End.OfPod(pod, Map.of());
    }
}
