package dev.heddle.crds;

import static java.util.Map.entry;

import java.util.Map;

/** What the fields of Kubernetes' own types are, where our schemas contain them. */
final class ForeignFields {

    static final Map<String, String> WORDS = Map.ofEntries(
            entry("Condition.type", "What this says something about, such as Ready; unique in the list."),
            entry("Condition.status", "True, False or Unknown."),
            entry("Condition.reason", "Why, as one word for programs."),
            entry("Condition.message", "Why, in words for people."),
            entry("Condition.lastTransitionTime", "When the status last changed."),
            entry("Condition.observedGeneration", "The metadata.generation that this is about."),
            entry("ResourceRequirements.requests", "What the scheduler sets aside for the container, by resource."),
            entry("ResourceRequirements.limits", "What the container may use at most, by resource."),
            entry("ResourceRequirements.claims", "Claims of the pod that the container uses (dynamic resources)."),
            entry("ResourceRequirements.claims.name", "Name of the claim in the pod."),
            entry("ResourceRequirements.claims.request", "One request of the claim; absent: all of them."));

    private ForeignFields() {}
}
