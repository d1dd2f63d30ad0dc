package dev.heddle.operator.install;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** RBAC lets nobody grant what they do not hold; and nobody should hold more than they need. */
class NodeAccessTest {

    private static final Path OPERATOR = Path.of("../config/rbac/operator-cluster-role.yaml");
    private static final String BORDER = "  # Held only to be granted to the node daemon.\n";

    @Test
    void theOperatorHoldsForGrantingExactlyWhatItGrantsAndDoesNotNeedItself() throws IOException {
        String[] halves = Files.readString(OPERATOR).split("(?m)^---$", 2)[0].split(BORDER, 2);
        SortedSet<String> needed = rights(halves[0]);
        SortedSet<String> held = rights("rules:\n" + halves[1]);
        SortedSet<String> granted = rights(NodeAccess.RULES);

        granted.removeAll(needed);
        assertThat(held).isEqualTo(granted);
    }

    private static SortedSet<String> rights(String yaml) {
        return rights(
                new KubernetesSerialization().unmarshal(yaml, ClusterRole.class).getRules());
    }

    /** One line for each verb on each resource. */
    private static SortedSet<String> rights(List<PolicyRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream()
                                .flatMap(resource -> rule.getVerbs().stream()
                                        .map(verb ->
                                                verb + " " + resource + "." + group + " " + rule.getResourceNames()))))
                .collect(toCollection(TreeSet::new));
    }
}
