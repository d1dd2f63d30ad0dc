package dev.heddle.node.rehearsal;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/** What the stage says, as the API server would write it. */
final class StageAnswers {
    static final String EMPTY_LIST =
            "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}";
    static final String ABSENT =
            "{\"apiVersion\":\"v1\",\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}";
    /** Asked before a leader is elected. */
    private static final String EVERYTHING_ALLOWED = """
            {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "metadata": {}, "spec": {},
             "status": {"incomplete": false, "nonResourceRules": [],
                        "resourceRules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}}""";

    private StageAnswers() {}

    /** Whether a path ends in a kind's plural, not in a name: {@code /apis/GROUP/VERSION[/namespaces/NAME]/PLURAL}. */
    static boolean isList(String path) {
        return path.matches("/(api|apis/[^/]+)/[^/]+(/namespaces/[^/]+(?=/))?/[^/]+");
    }

    static String list(HasMetadata item) {
        return "{\"apiVersion\":\"" + item.getApiVersion() + "\",\"kind\":\"" + item.getKind()
                + "List\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + Serialization.asJson(item) + "]}";
    }

    static String added(HasMetadata item) {
        return "{\"type\":\"ADDED\",\"object\":" + Serialization.asJson(item) + "}";
    }

    static String written(String path, String body) {
        return path.endsWith("/selfsubjectrulesreviews") ? EVERYTHING_ALLOWED : body;
    }
}
