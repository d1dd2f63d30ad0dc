package dev.heddle.operator.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeStateTest {

    private final Cluster cluster = new Cluster().node("node1", true);

    @Test
    void withoutAHeddleANodeStaysAsItIs() {
        cluster.index.put(new NodeObject("node1", "u", "1", new NodeStateSpec(Mode.Detach), null));

        assertThat(cluster.index.desiredSpec("node1").mode()).isEqualTo(Mode.Detach);
        cluster.index.mode(Mode.Enforce);
        assertThat(cluster.index.desiredSpec("node1").mode()).isEqualTo(Mode.Enforce);
    }

    @Test
    void anOldVersionOfANodeStateIsIgnored() {
        cluster.index.put(new NodeObject("node1", "u", "10", new NodeStateSpec(Mode.Detach), null));
        cluster.index.put(new NodeObject("node1", "u", "9", new NodeStateSpec(Mode.Enforce), null));

        assertThat(cluster.index.desiredSpec("node1").mode()).isEqualTo(Mode.Detach);
    }

    /** Neither pods nor policies concern it: a node finds out from its own pods which heads are its own. */
    @Test
    void podsAndPoliciesMakeNoNodeStale() {
        cluster.namespace("shop", Map.of());
        cluster.index.stale().drain();
        cluster.pod("shop", "web", "node1").policy("shop", "allow", 1, "web");
        cluster.publish("shop");

        assertThat(cluster.index.stale().drain().nodes()).isEmpty();
    }
}
