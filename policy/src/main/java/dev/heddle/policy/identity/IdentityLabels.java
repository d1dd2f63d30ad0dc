package dev.heddle.policy.identity;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which pod labels belong to an identity. Labels that differ for each pod or roll-out are left out. */
public final class IdentityLabels {

    /** Set by controllers on each pod or roll-out; selecting by them would make an identity per pod. */
    public static final Set<String> LEFT_OUT = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "pod-template-generation",
            "controller-uid",
            "batch.kubernetes.io/controller-uid",
            "batch.kubernetes.io/job-completion-index",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index");

    private IdentityLabels() {}

    /** The labels that belong to an identity, sorted. */
    public static SortedMap<String, String> of(Map<String, String> podLabels) {
        SortedMap<String, String> relevant = new TreeMap<>(podLabels);
        relevant.keySet().removeAll(LEFT_OUT);
        return relevant;
    }
}
