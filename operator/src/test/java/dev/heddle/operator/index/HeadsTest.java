package dev.heddle.operator.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator knows of the heads that there are. */
class HeadsTest {

    private static final PolicySource ALLOW = Cluster.source("allow", 1);
    private static final PolicySource OTHER = Cluster.source("other", 1);

    private final Cluster cluster = new Cluster().namespace("shop", Map.of());

    @Test
    void aNamespaceThatIsNewNeedsAHeadAndOneThatIsRelabelledNoOther() {
        assertThat(cluster.index.stale().drain().namespaces()).containsExactly("shop");

        cluster.namespace("shop", Map.of("stage", "live"));
        assertThat(cluster.index.stale().drain().namespaces()).isEmpty();

        cluster.index.put(new NamespaceRecord("shop", "another uid", Map.of(), false));
        assertThat(cluster.index.stale().drain().namespaces()).containsExactly("shop");
    }

    @Test
    void aHeadThatSomebodyChangedOrDeletedIsLookedAtAgain() {
        cluster.publish("shop");
        cluster.index.stale().drain();
        cluster.publish("shop");
        assertThat(cluster.index.stale().drain().namespaces()).containsExactly("shop");

        cluster.index.removeHead("shop", "another uid");
        assertThat(cluster.index.stale().drain().namespaces()).isEmpty();
        cluster.index.removeHead("shop", "uid-shop");
        assertThat(cluster.index.stale().drain().namespaces()).containsExactly("shop");
    }

    @Test
    void theNextSequenceIsHigherThanThatOfEveryHead() {
        cluster.head(new HeadSummary("other", 41, "", 0, List.of(), List.of(), true));

        assertThat(cluster.index.nextSequence()).isEqualTo(42);
        assertThat(cluster.index.nextSequence()).isEqualTo(43);
    }

    @Test
    void aSetIsInUseFromBeforeItIsWrittenUntilTheHeadNamesAnother() {
        SetChunk chunk = new SetChunk("a1-0", "uid", "1", "a1", "shop", 0, 2, List.of());
        cluster.index.put(chunk);
        assertThat(cluster.index.unusedSets()).containsExactly(chunk);

        cluster.index.announce("shop", "a1");
        assertThat(cluster.index.unusedSets()).isEmpty();
        cluster.head(new HeadSummary("shop", 1, "a1", 2, List.of(), List.of(), true));
        assertThat(cluster.index.unusedSets()).isEmpty();

        cluster.index.announce("shop", "b2");
        assertThat(cluster.index.unusedSets()).isEmpty();
        cluster.head(new HeadSummary("shop", 2, "b2", 2, List.of(), List.of(), true));
        assertThat(cluster.index.unusedSets()).containsExactly(chunk);
    }

    @Test
    void aPolicyIsInTheHeadSinceItsGenerationCame() {
        cluster.policy("shop", "allow", 1, "web");
        long first = cluster.publish("shop");
        cluster.policy("shop", "other", 1, "web");
        long second = cluster.publish("shop");
        assertThat(cluster.index.since("shop")).isEqualTo(Map.of(ALLOW, first, OTHER, second));

        cluster.recreatedPolicy("shop", "allow", 1, "web");
        long third = cluster.publish("shop");
        assertThat(cluster.index.since("shop").values()).containsExactlyInAnyOrder(second, third);
        assertThat(cluster.index.since("shop")).containsEntry(OTHER, second);
    }

    @Test
    void theObjectsOfABigSetAreThoseOfItsChunks() {
        String set = "ab".repeat(32);
        HeadSummary big = new HeadSummary("shop", 7, set, 2, List.of(), List.of(3L, 7L), true);
        cluster.head(big).chunk(set, 1, 2, OTHER);
        assertThat(isWhole()).isFalse();
        assertThat(cluster.index.since("shop")).isEmpty();

        cluster.chunk(set, 0, 2, ALLOW);
        assertThat(isWhole()).isTrue();
        assertThat(cluster.index.since("shop")).isEqualTo(Map.of(ALLOW, 3L, OTHER, 7L));
        cluster.chunk("cd".repeat(32), 0, 1, ALLOW);
        assertThat(cluster.index.unusedSets()).extracting(SetChunk::set).containsExactly("cd".repeat(32));

        cluster.index.stale().drain();
        cluster.index.removeSet(set + "-1", "uid-" + set + "-1");
        assertThat(cluster.index.stale().drain().namespaces()).containsExactly("shop");
        assertThat(isWhole()).isFalse();
    }

    @Test
    void rulesThatAreNotWhatTheHeadSaysAreNoticed() {
        PolicyHeadSpec forged = new PolicyHeadSpec("shop", 7, "ab".repeat(32), 0, "{}", "7");

        assertThat(HeadSummary.of(forged).sound()).isFalse();
        assertThat(HeadSummary.of(PolicyHeadSpec.none("shop", 7)).sound()).isTrue();
    }

    /** A new leader that cannot read them yet must not conclude that there are none. */
    @Test
    void untilTheClusterWidePoliciesAreKnownNothingIsSaidOfThem() {
        assertThat(cluster.index.knowsPolicies("")).isFalse();

        cluster.clusterPolicies();
        assertThat(cluster.index.knowsPolicies("")).isTrue();
        assertThat(cluster.index.stale().drain().namespaces()).contains("");
    }

    private boolean isWhole() {
        HeadObject head = cluster.index.head("shop");
        return head != null && cluster.index.isWhole(head);
    }
}
