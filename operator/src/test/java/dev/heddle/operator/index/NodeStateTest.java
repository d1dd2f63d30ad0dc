package dev.heddle.operator.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.NodeStateSpec.NamespaceSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeStateTest {

    private final Cluster cluster = new Cluster().node("node1", true).node("node2", true);

    @Test
    void aNodeIsToldTheSetsOfTheNamespacesThatHavePodsThere() {
        cluster.pod("shop", "web", "node1").pod("plain", "web", "node1").policy("shop", "allow", 1, "web");
        SetRef shop = cluster.publish("shop");
        cluster.publish("plain");

        assertThat(cluster.index.desiredSpec("node1").sets())
                .containsExactly(new NamespaceSet("plain", "", 0), new NamespaceSet("shop", shop.set(), 1));
        assertThat(cluster.index.desiredSpec("node2").sets()).isEmpty();
    }

    @Test
    void aNamespaceWhoseSetIsNotWrittenYetIsLeftOut() {
        cluster.pod("shop", "web", "node1").policy("shop", "allow", 1, "web");

        assertThat(cluster.index.desiredSpec("node1").sets()).isEmpty();
    }

    @Test
    void aSetThatDoesNotExistCannotBePublished() {
        assertThatThrownBy(() -> cluster.index.publish("shop", new SetRef("abc", 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDeletedSetIsNoLongerNamed() {
        cluster.pod("shop", "web", "node1").policy("shop", "allow", 1, "web");
        SetRef shop = cluster.publish("shop");
        cluster.index.removeSet(shop.set(), "uid-" + shop.set());

        assertThat(cluster.index.desiredSpec("node1").sets()).isEmpty();
        assertThat(cluster.index.stale().drain().namespaces()).contains("shop");
    }

    @Test
    void theLastPodOfANamespaceCostsNoWrite() {
        cluster.pod("shop", "web", "node1").policy("shop", "allow", 1, "web");
        SetRef shop = cluster.publish("shop");
        NodeStateSpec observed = cluster.index.desiredSpec("node1");
        cluster.index.removePod("shop", "web-node1");

        assertThat(cluster.index.needsWrite(cluster.index.desiredSpec("node1"), observed))
                .as("the entry still names the current set " + shop.set())
                .isFalse();

        cluster.policy("shop", "allow", 2, "web");
        cluster.publish("shop");
        assertThat(cluster.index.needsWrite(cluster.index.desiredSpec("node1"), observed))
                .as("the entry names an old set")
                .isTrue();
    }

    /** The API server allows it, and the operator never writes it. */
    @Test
    void aListThatNamesANamespaceTwiceIsPutBack() {
        cluster.pod("shop", "web", "node1").policy("shop", "allow", 1, "web");
        SetRef shop = cluster.publish("shop");
        NamespaceSet ours = new NamespaceSet("shop", shop.set(), 1);
        NodeStateSpec twice = new NodeStateSpec(List.of(new NamespaceSet("shop", "other", 1), ours));

        assertThat(cluster.index.needsWrite(cluster.index.desiredSpec("node1"), twice))
                .isTrue();
        assertThat(cluster.index.needsWrite(cluster.index.desiredSpec("node1"), new NodeStateSpec(List.of(ours))))
                .isFalse();
    }

    @Test
    void everyNodeIsToldTheClusterWideSet() {
        cluster.clusterPolicies(cluster.clusterPolicy("guard", 1, "live"));
        cluster.index.stale().drain();
        SetRef guard = cluster.publish("");

        assertThat(cluster.index.desiredSpec("node1").sets()).containsExactly(new NamespaceSet("", guard.set(), 1));
        assertThat(cluster.index.desiredSpec("node2").sets()).containsExactly(new NamespaceSet("", guard.set(), 1));
        assertThat(cluster.index.stale().drain().nodes()).contains("node1", "node2");

        cluster.clusterPolicies();
        cluster.publish("");
        assertThat(cluster.index.desiredSpec("node1").sets()).containsExactly(new NamespaceSet("", "", 0));
    }

    /** A new leader that cannot read them yet must not conclude that there are none. */
    @Test
    void untilTheClusterWidePoliciesAreKnownANodeKeepsWhatItWasTold() {
        NodeStateSpec told = new NodeStateSpec(List.of(new NamespaceSet("", "abc", 2)));
        cluster.index.put(new NodeObject("node1", "u", "1", told, null));

        assertThat(cluster.index.knowsPolicies("")).isFalse();
        assertThat(cluster.index.desiredSpec("node1")).isEqualTo(told);
        assertThat(cluster.index.needsWrite(cluster.index.desiredSpec("node1"), told))
                .isFalse();
        assertThat(cluster.index.desiredSpec("node2").sets())
                .as("a new node is told nothing of them")
                .isEmpty();

        cluster.clusterPolicies();
        cluster.publish("");
        assertThat(cluster.index.desiredSpec("node1").sets()).containsExactly(new NamespaceSet("", "", 0));
    }

    @Test
    void withoutAHeddleANodeStaysAsItIs() {
        cluster.index.put(new NodeObject("node1", "u", "1", new NodeStateSpec(Mode.Detach, List.of()), null));

        assertThat(cluster.index.desiredSpec("node1").mode()).isEqualTo(Mode.Detach);
        cluster.index.mode(Mode.Enforce);
        assertThat(cluster.index.desiredSpec("node1").mode()).isEqualTo(Mode.Enforce);
    }

    @Test
    void anOldVersionOfANodeStateIsIgnored() {
        cluster.index.put(new NodeObject("node1", "u", "10", new NodeStateSpec(Mode.Detach, List.of()), null));
        cluster.index.put(new NodeObject("node1", "u", "9", new NodeStateSpec(Mode.Enforce, List.of()), null));

        assertThat(cluster.index.desiredSpec("node1").mode()).isEqualTo(Mode.Detach);
    }

    @Test
    void aSetIsUnusedWhenNobodyIsToldToRunItAndNobodyDoes() {
        cluster.pod("shop", "web", "node1").policy("shop", "allow", 1, "web");
        SetRef first = cluster.publish("shop");
        cluster.runs("node1", "shop", first);
        cluster.policy("shop", "allow", 2, "web");
        SetRef second = cluster.publish("shop");

        assertThat(cluster.index.unusedSets()).as("node1 still runs the first").isEmpty();
        cluster.runs("node1", "shop", second);
        assertThat(cluster.index.unusedSets()).extracting(SetChunk::set).containsExactly(first.set());
    }
}
