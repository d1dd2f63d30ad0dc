package dev.heddle.cli.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerTest {

    @Test
    void aReplicaSetOfADeploymentIsTheDeployments() {
        Map<String, String> labels = Map.of("pod-template-hash", "5d8f");
        assertThat(Owner.of("ReplicaSet", "web-5d8f", labels)).hasToString("deploy/web");
        assertThat(Owner.of("ReplicaSet", "web-5d8f", Map.of())).hasToString("rs/web-5d8f");
        assertThat(Owner.of("ReplicaSet", "web", labels)).hasToString("rs/web");
    }

    @Test
    void othersKeepTheirNames() {
        assertThat(Owner.of("StatefulSet", "db", Map.of())).hasToString("sts/db");
        assertThat(Owner.of("Rollout", "db", Map.of())).hasToString("rollout/db");
        assertThat(Owner.itself("once")).hasToString("pod/once");
    }
}
