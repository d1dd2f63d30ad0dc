package dev.heddle.cli.facts;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What made a pod, as kubectl names it: {@code deploy/web}, {@code sts/db}, {@code job/backup}; a pod that nothing made
 * is its own: {@code pod/web-1}.
 */
public record Owner(String kind, String name) {

    /** Kinds that have a short name, and their other names at a command line. */
    private static final Map<String, List<String>> KINDS = Map.of(
            "deploy", List.of("deploy", "deployment", "deployments"),
            "sts", List.of("sts", "statefulset", "statefulsets"),
            "ds", List.of("ds", "daemonset", "daemonsets"),
            "rs", List.of("rs", "replicaset", "replicasets"),
            "job", List.of("job", "jobs"),
            "rc", List.of("rc", "replicationcontroller", "replicationcontrollers"));

    private static final String TEMPLATE_HASH = "pod-template-hash";

    /** The owner by the kind that people type; empty text for a kind that is none. */
    public static String kindTyped(String text) {
        String typed = text.toLowerCase(Locale.ROOT);
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().contains(typed))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /**
     * The owner by the pod's controlling owner reference. A ReplicaSet that carries its template's hash is a Deployment's
     * (apps/v1): its name is the Deployment's, a hyphen, and the hash.
     */
    public static Owner of(String kind, String name, Map<String, String> podLabels) {
        String hash = "-" + podLabels.getOrDefault(TEMPLATE_HASH, "");
        if (kind.equals("ReplicaSet") && hash.length() > 1 && name.endsWith(hash)) {
            return new Owner("deploy", name.substring(0, name.length() - hash.length()));
        }
        String known = kindTyped(kind);
        return new Owner(known.isEmpty() ? kind.toLowerCase(Locale.ROOT) : known, name);
    }

    /** A pod that nothing made. */
    public static Owner itself(String pod) {
        return new Owner("pod", pod);
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
