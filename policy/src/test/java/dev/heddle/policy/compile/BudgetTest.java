package dev.heddle.policy.compile;

import static dev.heddle.policy.compile.Nodes.app;
import static dev.heddle.policy.compile.Nodes.block;
import static dev.heddle.policy.compile.Nodes.ingress;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.compile.NodeView.ClusterNode;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An explosion stays with its owner: the object that breaks a budget is closed, others go on. */
class BudgetTest {

    private static final Capacity.Share SHARE = new Capacity.Share(512, 256);
    private static final Capacity FEW_PAGES = new Capacity(65_536, 524_288, 65_536, 524_288, 64, SHARE, SHARE);
    /** An address of {@link #ranges}. */
    private static final String IN_RANGES = "172.0.0.129";

    private final Nodes node = new Nodes();

    @BeforeEach
    void aGoodNamespaceAndABadOne() {
        node.namespaces.put("bad", Map.of());
        node.endpoints.add(new LocalEndpoint("bad", "bad", Map.of(), List.of()));
        node.pod("10.244.0.2", "shop", "web").policy("shop", "good", List.of(app("web")), List.of());
    }

    private void onlyTheBadOneIsClosed(Image image, String message, String advice) {
        assertThat(image.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().object()).isEqualTo("NetworkPolicy bad/huge");
            assertThat(problem.message())
                    .contains(message)
                    .contains("the object is closed for the pods it selects")
                    .endsWith(advice);
        });
        assertThat(ingress(image, "bad", "10.244.0.2").accepted()).isFalse();
        assertThat(ingress(image, "bad", IN_RANGES).accepted()).isFalse();
        assertThat(ingress(image, "api", "10.244.0.2").accepted()).isTrue();
        assertThat(ingress(image, "api", "192.0.2.1").accepted()).isFalse();
    }

    @Test
    void tooManyRangesInOneNamespace() {
        node.policy("bad", "huge", ranges(600), List.of());
        onlyTheBadOneIsClosed(node.compile(), "more than 512 ranges", "name fewer, or spread them over namespaces");
    }

    @Test
    void tooManyPortsInOneNamespace() {
        List<PortMatch> ports = new ArrayList<>(ports(300));
        ports.add(new PortMatch.Range(Protocol.TCP, 80, 80)); // which verdicts are asked for
        node.policy("bad", "huge", List.of(new Peer.Anyone()), ports);
        onlyTheBadOneIsClosed(node.compile(), "256 ports", "name fewer, or spread them over namespaces");
    }

    @Test
    void tooManyRangesInAllClusterWidePolicies() {
        node.rules.add(clusterWide("huge", Direction.INGRESS, Action.DENY, ranges(4_100)));
        assertThat(node.compile().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().object()).isEqualTo("ClusterNetworkPolicy huge");
            assertThat(problem.message())
                    .startsWith("cluster-wide policies name more than 4096 ranges or 1024 ports")
                    .endsWith("or leave what concerns one namespace to its NetworkPolicies");
        });
    }

    @Test
    void smallObjectsOfTheSameNamespaceGoOn() {
        node.policy("bad", "huge", ranges(600), List.of());
        node.policy("bad", "small", List.of(block("192.0.2.0/24")), List.of());
        Image image = node.compile();
        assertThat(image.problems()).hasSize(1);
        assertThat(ingress(image, "bad", "192.0.2.1").accepted()).isTrue();
        assertThat(ingress(image, "bad", "10.244.0.2").accepted()).isFalse();
    }

    @Test
    void fullTablesCloseTheNamespaceThatTakesMost() {
        node.policy("bad", "huge", ranges(100), List.of());
        onlyTheBadOneIsClosed(
                node.compile(FEW_PAGES),
                "tables are full and its namespace takes most",
                "name fewer ranges, and no nodes");
    }

    /** Every node is a range as soon as one object asks for nodes, however few labels it names. */
    @Test
    void tooManyNodesCloseWhoAsksForThem() {
        for (int i = 0; i < 100; i++) {
            node.nodes.add(new ClusterNode(Map.of(), List.of(Cidr.host("198.18." + i + ".1")), false));
        }
        node.policy("bad", "ranges", ranges(20), List.of());
        node.rules.add(clusterWide("ranges", Direction.INGRESS, Action.DENY, ranges(10)));
        node.rules.add(clusterWide(
                "nodes", Direction.EGRESS, Action.ACCEPT, List.of(new Peer.Nodes(LabelSelector.EVERYTHING))));
        Image image = node.compile(FEW_PAGES);

        assertThat(image.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.origin().object()).isEqualTo("ClusterNetworkPolicy nodes");
            assertThat(problem.message())
                    .contains("tables are full and cluster-wide policies take most of them")
                    .endsWith("name fewer ranges, and no nodes");
        });
        assertThat(ingress(image, "api", IN_RANGES).accepted()).isFalse();
        assertThat(ingress(image, "bad", "172.0.19.129").accepted()).isTrue();
    }

    @Test
    void fullCellsCloseTheNamespaceThatTakesMost() {
        node.policy("bad", "huge", List.of(new Peer.Nobody()), List.of());
        for (PortMatch port : ports(40)) {
            List<Peer> anyone = List.of(new Peer.Anyone());
            node.rules.add(Nodes.rule("bad", "huge", 0, Action.ACCEPT, anyone, List.of(port)));
        }
        Capacity fewCells = new Capacity(65_536, 524_288, 65_536, 64, 2_048, SHARE, SHARE);
        onlyTheBadOneIsClosed(
                node.compile(fewCells),
                "tables are full and its namespace takes most",
                "fewer different ports and lists of peers");
    }

    @Test
    void fewPeerNumbersLeavePodsPending() {
        node.pod("10.244.0.3", "shop", "other");
        Nodes tight = new Nodes(4);
        tight.rules.addAll(node.rules);
        tight.namespaces.putAll(node.namespaces);
        tight.identities.putAll(node.identities);
        tight.claims.addAll(node.claims);
        onePodIsPending(tight.compile());
    }

    @Test
    void fewPagesLeavePodsPending() {
        node.pod("10.244.9.3", "shop", "web");
        onePodIsPending(node.compile(new Capacity(65_536, 524_288, 65_536, 524_288, 2, SHARE, SHARE)));
    }

    private static void onePodIsPending(Image image) {
        assertThat(image.prefixes().entries())
                .filteredOn(entry -> entry.prefix().isHost())
                .extracting(PrefixTable.Entry::peer)
                .containsExactly(3);
        assertThat(image.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("1 pod addresses find no room"));
    }

    private static Rule clusterWide(String name, Direction direction, Action action, List<Peer> peers) {
        return new Rule(
                new Origin("ClusterNetworkPolicy", "", name, 1, "spec.rules[0]"),
                direction,
                Subject.acrossNamespaces(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING),
                Tier.ADMIN,
                0,
                action,
                peers,
                List.of());
    }

    private static List<Peer> ranges(int count) {
        List<Peer> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ranges.add(block("172." + (i / 256) + "." + (i % 256) + ".128/25"));
        }
        return ranges;
    }

    private static List<PortMatch> ports(int count) {
        List<PortMatch> ports = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ports.add(new PortMatch.Range(Protocol.TCP, 1_000 + 10 * i, 1_000 + 10 * i));
        }
        return ports;
    }
}
