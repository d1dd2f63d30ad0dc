package dev.heddle.node.report;

import dev.heddle.crds.LiveHead;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.NodeStateStatus.UnprotectedPod;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** NodeState.status from pictures. It remembers since when a condition holds and a pod is unprotected. */
final class StatusDraft {

    private final List<String> lacking;
    private final Map<String, Condition> conditions = new HashMap<>();
    private final Map<String, String> unprotectedSince = new HashMap<>();

    /** @param lacking what the kernel lacks, for people; it does not change while the machine runs */
    StatusDraft(List<String> lacking) {
        this.lacking = List.copyOf(lacking);
    }

    NodeStateStatus draw(Picture picture, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        unprotectedSince.keySet().retainAll(picture.unprotected().keySet());
        List<UnprotectedPod> unprotected = new ArrayList<>();
        picture.unprotected().forEach((pod, why) -> {
            int slash = pod.indexOf('/');
            unprotected.add(new UnprotectedPod(
                    pod.substring(0, slash),
                    pod.substring(slash + 1),
                    unprotectedSince.computeIfAbsent(pod, key -> time),
                    why));
        });
        return new NodeStateStatus(
                picture.generation(),
                picture.told(),
                picture.inForce(),
                picture.revision(),
                picture.live().entrySet().stream()
                        .map(head -> new LiveHead(head.getKey(), head.getValue()).toString())
                        .toList(),
                picture.endpoints(),
                unprotected,
                picture.failures(),
                conditions(picture, time));
    }

    private List<Condition> conditions(Picture picture, String time) {
        List<Condition> all =
                new ArrayList<>(List.of(ready(picture, time), enforced(picture, time), services(picture, time)));
        if (!lacking.isEmpty()) {
            all.add(condition("KernelFeatures", false, "Missing", String.join("; ", lacking), picture, time));
        }
        return all;
    }

    private Condition ready(Picture picture, String time) {
        return picture.ready()
                ? condition("Ready", true, "InForce", "revision " + picture.revision() + " is live", picture, time)
                : condition("Ready", false, "Starting", "no revision of this daemon is live yet", picture, time);
    }

    private Condition enforced(Picture picture, String time) {
        if (!picture.refused().isEmpty()) {
            String kept = picture.revision() == 0 ? "nothing is in force" : "revision " + picture.revision() + " stays";
            return condition("Enforced", false, "RevisionRefused", kept + ": " + picture.refused(), picture, time);
        }
        if (!picture.ready() || picture.inForce() < picture.told()) {
            String why = picture.trouble().isEmpty() ? "" : ": " + String.join("; ", picture.trouble());
            return condition(
                    "Enforced",
                    false,
                    "Behind",
                    "sequence " + picture.told() + " is not in force" + why,
                    picture,
                    time);
        }
        if (!picture.unprotected().isEmpty()) {
            return condition(
                    "Enforced",
                    false,
                    "PodsUnprotected",
                    picture.unprotected().size() + " pods are not filtered: "
                            + String.join(", ", picture.unprotected().keySet()),
                    picture,
                    time);
        }
        if (!picture.trouble().isEmpty()) {
            return condition("Enforced", false, "Trouble", String.join("; ", picture.trouble()), picture, time);
        }
        return condition("Enforced", true, "AsWanted", picture.endpoints() + " pods are under policy", picture, time);
    }

    /** Policy is enforced or not whatever this says. No counts: a status is not written for every Service. */
    private Condition services(Picture picture, String time) {
        String type = "ServicesTranslated";
        ServiceReport services = picture.services();
        if (!services.refused().isEmpty()) {
            return condition(type, false, "NotAll", services.text(), picture, time);
        }
        return services.hooked()
                ? condition(type, true, "AsWanted", "every Service is translated", picture, time)
                : condition(type, false, "Off", "no connection's address is translated here", picture, time);
    }

    /** A condition keeps its time as long as its status does. */
    private Condition condition(
            String type, boolean status, String reason, String message, Picture picture, String time) {
        String value = status ? "True" : "False";
        Condition before = conditions.get(type);
        String since = before != null && before.getStatus().equals(value) ? before.getLastTransitionTime() : time;
        Condition next = new ConditionBuilder()
                .withType(type)
                .withStatus(value)
                .withReason(reason)
                .withMessage(message)
                .withObservedGeneration(picture.generation())
                .withLastTransitionTime(since)
                .build();
        conditions.put(type, next);
        return next;
    }
}
