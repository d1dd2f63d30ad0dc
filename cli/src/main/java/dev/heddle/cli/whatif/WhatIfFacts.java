package dev.heddle.cli.whatif;

import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.facts.PolicyObject;
import java.util.List;
import java.util.Map;

/**
 * The cluster as it is.
 *
 * @param namespaces labels by name
 */
public record WhatIfFacts(
        List<PodFacts> pods,
        Map<String, Map<String, String>> namespaces,
        List<NodeFacts> nodes,
        List<PolicyObject> policies) {}
