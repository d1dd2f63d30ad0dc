package dev.heddle.node.desired;

import static dev.heddle.node.desired.Told.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.plan.Desired;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Enforceable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node one has pod api, which web alone may reach; node two has the webs. */
class ComposerTest {

    private static final Ipv4 API = Ipv4.parse("10.244.1.7");
    private static final Ipv4 WEB = Ipv4.parse("10.244.2.9");
    private static final Identity WEB_IDENTITY = Identity.of("shop", Map.of("app", "web"), List.of());
    private static final Identity CAT_IDENTITY = Identity.of("shop", Map.of("app", "cat"), List.of());

    private final World world = new World("one");
    private final Composer composer = new Composer(world, true);

    @BeforeEach
    void known() {
        world.peers().namespace("shop", Map.of());
        world.peers().ranges("one", List.of(Cidr.parse("10.244.1.0/24")));
        world.peers().ranges("two", List.of(Cidr.parse("10.244.2.0/24")));
        told(world, 1, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", "a1"));
        world.pods().pod(new OwnPod("shop", "api-1", "u1", Map.of("app", "api"), List.of(), "", false, false));
        world.pods()
                .attached(
                        new PodInterface(
                                "s1", "eth0", "shop", "api-1", "u1", 7, "veth7", PodAddresses.of(API), "", null),
                        null);
    }

    @Test
    void saysNothingBeforeEverythingIsReadAndTheSetsAreLoaded() {
        assertThat(composer.compose()).isEmpty();

        world.synced();
        assertThat(composer.compose()).isEmpty();
        assertThat(world.sets().missing()).containsExactly(new Sets.Missing("a1", 1));

        loadSet();
        assertThat(composer.compose()).isPresent();
        assertThat(composer.cut().sets()).isEqualTo(Map.of(Sets.CLUSTER_WIDE, "", "shop", "a1"));
    }

    @Test
    void anUnknownPeerIsPendingUntilItsIdentityArrives() {
        world.synced();
        loadSet();
        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash()));

        assertThat(accepts(now(), WEB)).isFalse();

        world.peers().identity(WEB_IDENTITY);
        assertThat(accepts(now(), WEB)).isTrue();
    }

    @Test
    void anAddressThatChangesHandsAmongKnownPeersNeedsNoCompile() {
        world.synced();
        loadSet();
        world.peers().identity(WEB_IDENTITY);
        world.peers().identity(CAT_IDENTITY);
        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash(), Ipv4.parse("10.244.2.3"), CAT_IDENTITY.hash()));
        Desired before = now();
        composer.stored();

        world.peers().claims("two", Map.of(WEB, CAT_IDENTITY.hash()));
        Desired after = now();

        assertThat(after.image()).isSameAs(before.image());
        assertThat(after.peers())
                .extracting(store -> store.address().toString())
                .containsExactlyInAnyOrder("10.244.2.9", "10.244.2.3");
        assertThat(accepts(after, WEB)).isFalse();
        assertThat(now().peers()).as("until they are stored they are wanted").hasSize(2);
        composer.stored();
        assertThat(now().peers()).isEmpty();
    }

    @Test
    void otherRulesLeaveTheAddressesAsTheyAreThoseStoredMeanwhileIncluded() {
        world.synced();
        loadSet();
        world.peers().identity(WEB_IDENTITY);
        world.peers().identity(CAT_IDENTITY);
        Ipv4 firstWeb = Ipv4.parse("10.244.2.3");
        world.peers().claims("two", Map.of(firstWeb, WEB_IDENTITY.hash()));
        Desired before = now();
        composer.stored();

        world.peers().claims("two", Map.of(firstWeb, WEB_IDENTITY.hash(), WEB, WEB_IDENTITY.hash()));
        clusterWide("c1", admin(Action.DENY, Direction.EGRESS, new Peer.Anyone()));
        Desired after = now();

        assertThat(after.image()).isNotSameAs(before.image());
        assertThat(after.image().prefixes()).isSameAs(before.image().prefixes());
        assertThat(reaches(before, firstWeb)).isTrue();
        assertThat(reaches(after, firstWeb)).isFalse();
        assertThat(accepts(after, WEB)).as("stored, not compiled").isTrue();
        assertThat(after.peers()).hasSize(1);

        composer.startOver();
        Desired anew = now();
        assertThat(anew.image().prefixes()).isNotSameAs(after.image().prefixes());
        assertThat(anew.peers()).isEmpty();
        assertThat(accepts(anew, WEB)).as("compiled").isTrue();
    }

    @Test
    void rulesThatNameOtherRangesTakeAWholeCompile() {
        world.synced();
        loadSet();
        knownWeb();
        Desired before = now();

        clusterWide("c1", admin(Action.DENY, Direction.INGRESS, new Peer.IpBlock(WEB.cidr(), List.of())));
        Desired after = now();

        assertThat(accepts(before, WEB)).isTrue();
        assertThat(accepts(after, WEB)).isFalse();
        assertThat(after.image().prefixes()).isNotSameAs(before.image().prefixes());
    }

    @Test
    void twoClaimsOfOneAddressMakeItPending() {
        world.synced();
        loadSet();
        world.peers().identity(WEB_IDENTITY);
        world.peers().identity(CAT_IDENTITY);
        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash()));
        assertThat(accepts(now(), WEB)).isTrue();

        world.peers().claims("three", Map.of(WEB, CAT_IDENTITY.hash()));

        assertThat(accepts(now(), WEB)).isFalse();
        assertThat(world.peers().conflicts()).containsOnlyKeys(WEB);
    }

    @Test
    void aSecondPodOfTheSameKindNeedsNoCompile() {
        world.synced();
        loadSet();
        Desired before = now();

        world.pods().pod(new OwnPod("shop", "api-2", "u2", Map.of("app", "api"), List.of(), "", false, false));
        world.pods()
                .attached(
                        new PodInterface(
                                "s2", "eth0", "shop", "api-2", "u2", 8, "veth8", PodAddresses.of(WEB), "", null),
                        null);
        Desired after = now();

        assertThat(after.image()).isSameAs(before.image());
        assertThat(after.pods()).containsOnlyKeys(7, 8);
        assertThat(pod(after, 8))
                .extracting(pod -> pod.subjects())
                .isEqualTo(pod(before, 7).subjects());
    }

    @Test
    void aPeerIsKnownByItsAddressesOfBothFamilies() {
        Ipv6 web6 = Ipv6.parse("fd00:244:2::9");
        world.synced();
        world.peers().ranges("two", List.of(Cidr.parse("10.244.2.0/24"), Cidr.parse("fd00:244:2::/64")));
        loadSet();
        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash(), web6, WEB_IDENTITY.hash()));
        assertThat(accepts(now(), web6)).as("pending").isFalse();

        world.peers().identity(WEB_IDENTITY);
        assertThat(accepts(now(), web6)).isTrue();
        assertThat(accepts(now(), WEB)).isTrue();
        composer.stored();

        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash()));
        assertThat(accepts(now(), web6)).as("nobody has it any more").isFalse();
        assertThat(accepts(now(), WEB)).isTrue();
    }

    /** Any pod of the link may be behind it. */
    @Test
    void whoHasALinkLocalAddressIsNotKnown() {
        world.synced();
        loadSet();

        assertThat(now().image().prefixes().peer(Cidr.host("fe80::9"))).isEqualTo(PeerNumbering.PENDING);
        assertThat(now().image().prefixes().peer(Cidr.host("fec0::9"))).isEqualTo(PeerNumbering.WORLD);
    }

    @Test
    void aPodThatIsNotKnownIsClosed() {
        world.synced();
        loadSet();
        world.pods()
                .attached(
                        new PodInterface(
                                "s3", "eth0", "shop", "ghost", "u3", 9, "veth9", PodAddresses.of(WEB), "", null),
                        null);

        assertThat(pod(now(), 9).slot().closed()).isTrue();
        assertThat(pod(now(), 7).slot().closed()).isFalse();
    }

    @Test
    void aBrokenSetHoldsUpNobodyElse() {
        world.synced();
        world.sets().followed(Set.of("bank"));
        loadSet();
        now();
        told(world, 2, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", "b2", "bank", Sets.NONE));
        now();
        assertThat(composer.cut().sequence()).as("a cut is whole").isEqualTo(1);

        world.sets().broken("b2", "chunk b2 is not there");
        now();

        assertThat(composer.cut().sets()).isEqualTo(Map.of(Sets.CLUSTER_WIDE, "", "shop", "a1", "bank", ""));
        assertThat(composer.cut().heads()).isEqualTo(Map.of(Sets.CLUSTER_WIDE, 2L, "shop", 1L, "bank", 2L));
        assertThat(composer.cut().sequence()).as("not all of 2 is in force").isEqualTo(1);
    }

    /** Two watches may tell of one head, one of them late. */
    @Test
    void anOlderHeadChangesNothing() {
        world.synced();
        told(world, 5, Map.of("shop", Sets.NONE));
        told(world, 4, Map.of("shop", "a1"));
        world.sets().headGone("shop", 4);
        now();

        assertThat(composer.cut().sets()).isEqualTo(Map.of(Sets.CLUSTER_WIDE, "", "shop", ""));
        assertThat(world.sets().told()).isEqualTo(5);
    }

    @Test
    void whatHoldsStaysWhenItsHeadIsDeletedUntilSomethingElseIsKnown() {
        world.synced();
        loadSet();
        now();
        world.sets().headGone("shop", 2);
        now();
        assertThat(world.sets().knows("shop")).as("new pods wait").isFalse();
        assertThat(composer.cut().sets()).containsEntry("shop", "a1");

        world.sets().found("shop", Sets.NONE);
        now();
        assertThat(composer.cut().sets()).containsEntry("shop", Sets.NONE);
        assertThat(composer.cut().heads()).as("no head says so").containsOnlyKeys(Sets.CLUSTER_WIDE);

        world.sets().lookAgain("shop");
        assertThat(world.sets().knows("shop")).isFalse();
        told(world, 3, Map.of("shop", Sets.NONE));
        world.sets().lookAgain("shop");
        assertThat(world.sets().knows("shop")).as("a watch follows it").isTrue();
    }

    @Test
    void aNamespaceThatIsNotFollowedAnyMoreIsForgotten() {
        world.synced();
        loadSet();
        world.sets().followed(Set.of("bank"));
        told(world, 2, Map.of("bank", Sets.NONE));
        now();
        assertThat(world.namespaces()).containsExactly(Sets.CLUSTER_WIDE, "shop");
        assertThat(composer.cut().sets()).as("a watch tells of it").containsKey("bank");

        world.sets().followed(Set.of());
        told(world, 3, Map.of("bank", Sets.NONE)); // by the watch that ended
        now();
        assertThat(composer.cut().sets()).containsOnlyKeys(Sets.CLUSTER_WIDE, "shop");
    }

    @Test
    void aSetThatOnlyAForgottenNamespaceNamesHoldsUpNobody() {
        world.synced();
        loadSet();
        now();
        told(world, 2, Map.of("bank", "gone-meanwhile", "shop", Sets.NONE));
        now();

        assertThat(composer.cut().heads()).containsEntry("shop", 2L);
        assertThat(world.sets().missing()).isEmpty();
    }

    /** A GET that was answered before a head's end may be taken in after it, and no watch would tell of the end again. */
    @Test
    void aHeadThatEndedIsNotBroughtBackByWhoSaysItLate() {
        world.synced();
        world.sets().followed(Set.of("bank"));
        loadSet();
        told(world, 2, Map.of("bank", Sets.NONE));
        now();
        for (String namespace : List.of("shop", "bank")) {
            world.sets().headGone(namespace, 3);
            now();
            told(world, 2, Map.of(namespace, Sets.NONE));
            assertThat(world.sets().knows(namespace)).as(namespace).isFalse();

            told(world, 4, Map.of(namespace, Sets.NONE));
            assertThat(world.sets().knows(namespace))
                    .as("%s, made anew", namespace)
                    .isTrue();
        }
    }

    /** What came with the round that failed is neither lost nor said to be in force. */
    @Test
    void whatCannotBeCompiledIsTriedAgain() {
        world.synced();
        loadSet();
        now();
        told(world, 2, Map.of("shop", Sets.NONE));
        world.nodeAddresses(TooManyAddresses.ofOneNode());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(composer::compose)
                    .hasMessage("the table of RANGES is too small for this node, even with every policy closed;"
                            + " take addresses or pods off it");
            assertThat(composer.cut().heads()).containsEntry("shop", 1L);
        }

        world.nodeAddresses(Set.of());
        now();
        assertThat(composer.cut().heads()).containsEntry("shop", 2L);
    }

    @Test
    void nothingIsInForceBeforeTheClusterWidePoliciesAreKnown() {
        world.synced();
        world.sets().headGone(Sets.CLUSTER_WIDE, 1);
        loadSet();
        assertThat(composer.compose()).isEmpty();

        world.sets().found(Sets.CLUSTER_WIDE, Sets.NONE);
        assertThat(composer.compose()).isPresent();
        assertThat(composer.cut().sets()).isEqualTo(Map.of(Sets.CLUSTER_WIDE, "", "shop", "a1"));
    }

    @Test
    void aPodThatComesBeforeTheClusterWidePoliciesAreKnownIsClosed() {
        world.pods().detached("s1/eth0");
        world.synced();
        world.sets().headGone(Sets.CLUSTER_WIDE, 1);
        told(world, 1, Map.of("shop", Sets.NONE));
        assertThat(now().pods()).isEmpty();

        world.pods()
                .attached(
                        new PodInterface(
                                "s1", "eth0", "shop", "api-1", "u1", 7, "veth7", PodAddresses.of(API), "", null),
                        null);
        assertThat(pod(now(), 7).slot().closed()).isTrue();

        world.sets().found(Sets.CLUSTER_WIDE, Sets.NONE);
        assertThat(pod(now(), 7).slot().closed()).isFalse();
    }

    @Test
    void clusterWidePoliciesComeBeforeThoseOfTheNamespace() {
        knownWeb();
        assertThat(accepts(now(), WEB)).isTrue();

        clusterWide("c1", admin(Action.DENY, Direction.INGRESS, new Peer.Anyone()));
        assertThat(accepts(now(), WEB)).isFalse();
        assertThat(composer.cut().sets()).isEqualTo(Map.of(Sets.CLUSTER_WIDE, "c1", "shop", "a1"));

        world.sets().headGone(Sets.CLUSTER_WIDE, 3);
        assertThat(accepts(now(), WEB)).as("somebody deleted the head").isFalse();

        told(world, 4, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", "a1"));
        assertThat(accepts(now(), WEB)).isTrue();
    }

    @Test
    void aClusterWideSetThatCannotBeReadLeavesTheOneBefore() {
        knownWeb();
        clusterWide("c1", admin(Action.DENY, Direction.INGRESS, new Peer.Anyone()));
        now();
        told(world, 3, Map.of(Sets.CLUSTER_WIDE, "c2", "shop", "a1"));
        world.sets().broken("c2", "chunk c2 is not there");

        assertThat(accepts(now(), WEB)).isFalse();
        assertThat(composer.cut().sets()).isEqualTo(Map.of(Sets.CLUSTER_WIDE, "c1", "shop", "a1"));
    }

    @Test
    void aRelabelledNamespaceTakesEffect() {
        knownWeb();
        LabelSelector live =
                new LabelSelector(List.of(new Requirement("stage", Requirement.Operator.IN, List.of("live"))));
        clusterWide("c1", admin(Action.DENY, Direction.INGRESS, new Peer.Pods(live, "", LabelSelector.EVERYTHING)));
        assertThat(accepts(now(), WEB)).isTrue();

        world.peers().namespace("shop", Map.of("stage", "live"));
        assertThat(accepts(now(), WEB)).isFalse();
    }

    @Test
    void aRelabelledPodIsGovernedByWhatSelectsItNow() {
        world.synced();
        loadSet();
        Ipv4 stranger = Ipv4.parse("10.244.2.99");
        assertThat(accepts(now(), stranger)).isFalse();

        world.pods().pod(new OwnPod("shop", "api-1", "u1", Map.of("app", "idle"), List.of(), "", false, false));
        assertThat(accepts(now(), stranger)).isTrue();
    }

    @Test
    void aNamedPortIsTheNumberThatThePodAtTheFlowsEndGivesIt() {
        world.synced();
        world.pods().pod(new OwnPod("shop", "api-1", "u1", Map.of("app", "api"), List.of(http(80)), "", false, false));
        Identity web = Identity.of("shop", Map.of("app", "web"), List.of(http(8080)));
        world.peers().identity(web);
        world.peers().claims("two", Map.of(WEB, web.hash()));
        loadSet();
        PortMatch named = new PortMatch.Named(Protocol.TCP, "http");
        clusterWide(
                "c1",
                admin(Action.DENY, Direction.INGRESS, new Peer.Anyone())
                        .with(Action.DENY, List.of(new Peer.Anyone()), List.of(named)),
                admin(Action.DENY, Direction.EGRESS, new Peer.Anyone())
                        .with(Action.DENY, List.of(new Peer.Anyone()), List.of(named)));

        Desired desired = now();
        int peer = desired.image().prefixes().peer(WEB.cidr());
        Subjects api = pod(desired, 7).subjects();
        assertThat(desired.image().judge(api.ingress(), peer, 6, 80).accepted()).isFalse();
        assertThat(desired.image().judge(api.ingress(), peer, 6, 8080).accepted())
                .isTrue();
        assertThat(desired.image().judge(api.egress(), peer, 6, 8080).accepted())
                .isFalse();
        assertThat(desired.image().judge(api.egress(), peer, 6, 80).accepted()).isTrue();
    }

    @Test
    void nodesArePeersByTheirAddressesWhileSomeRuleAsksForThem() {
        Ipv4 two = Ipv4.parse("192.0.2.2");
        LabelSelector edge =
                new LabelSelector(List.of(new Requirement("role", Requirement.Operator.IN, List.of("edge"))));
        world.nodeAddresses(Set.of(Ipv4.parse("192.0.2.1")));
        world.nodes().node("one", Map.of("role", "edge"), List.of(Cidr.host("192.0.2.1")));
        world.nodes().node("two", Map.of("role", "work"), List.of(two.cidr()));
        knownWeb();
        Desired before = now();
        assertThat(reaches(before, two)).isTrue();
        world.nodes().node("two", Map.of("role", "edge"), List.of(two.cidr()));
        assertThat(now().image()).as("no rule asks for nodes").isSameAs(before.image());

        clusterWide("c1", admin(Action.DENY, Direction.EGRESS, new Peer.Nodes(edge)));
        assertThat(reaches(now(), two)).isFalse();
        assertThat(reaches(now(), Ipv4.parse("192.0.2.1"))).isFalse();
        assertThat(reaches(now(), Ipv4.parse("192.0.2.3"))).isTrue();

        world.nodes().node("two", Map.of("role", "work"), List.of(two.cidr()));
        assertThat(reaches(now(), two)).isTrue();
    }

    /** Too many ports of one namespace, for one object of it: everybody else's changes go on, its own subjects stay closed. */
    @Test
    void anObjectThatBreaksItsNamespacesBudgetHoldsUpNobodyElsesChanges() {
        knownWeb();
        otherNamespace();
        told(world, 2, Map.of("bank", "b1"));
        world.sets().loaded("b1", new Enforceable(tillAccepts(tooManyPorts()), List.of()));
        Desired broken = now();
        assertThat(broken.image().problems())
                .extracting(problem -> problem.origin().object())
                .containsExactly("NetworkPolicy bank/huge");
        assertThat(accepts(broken, 8, WEB)).as("closed").isFalse();
        assertThat(accepts(broken, WEB)).isTrue();

        told(world, 3, Map.of("shop", "a2"));
        world.sets().loaded("a2", new Enforceable(onlyCatToApi(), List.of()));
        Desired changed = now();
        assertThat(composer.cut().sets()).containsEntry("shop", "a2").containsEntry("bank", "b1");
        assertThat(accepts(changed, WEB)).as("another namespace's change").isFalse();
        assertThat(accepts(changed, 8, WEB)).as("still closed").isFalse();

        told(world, 4, Map.of("shop", "a1"));
        loadSet();
        Desired again = now();
        assertThat(accepts(again, WEB)).isTrue();
        assertThat(accepts(again, 8, WEB)).isFalse();
        assertThat(again.image().problems()).isEqualTo(broken.image().problems());

        told(world, 5, Map.of("bank", "b2"));
        world.sets().loaded("b2", new Enforceable(tillAccepts(List.of()), List.of()));
        assertThat(now().image().problems()).as("named fewer").isEmpty();
        assertThat(accepts(now(), 8, WEB)).isTrue();
    }

    /** Pod till of namespace bank, at device 8. */
    private void otherNamespace() {
        Ipv4 till = Ipv4.parse("10.244.1.8");
        world.peers().namespace("bank", Map.of());
        world.pods().pod(new OwnPod("bank", "till-1", "u2", Map.of("app", "till"), List.of(), "", false, false));
        world.pods()
                .attached(
                        new PodInterface(
                                "s2", "eth0", "bank", "till-1", "u2", 8, "veth8", PodAddresses.of(till), "", null),
                        null);
    }

    private static List<PortMatch> tooManyPorts() {
        return IntStream.range(0, 300)
                .mapToObj(i -> (PortMatch) new PortMatch.Range(Protocol.TCP, 80 + 2 * i, 80 + 2 * i))
                .toList();
    }

    /** From everybody, at these ports. */
    private static List<Rule> tillAccepts(List<PortMatch> ports) {
        Origin origin = new Origin("NetworkPolicy", "bank", "huge", 1, "spec.ingress[0]");
        Rule isolation = new Rule(
                origin.at("spec.podSelector"),
                Direction.INGRESS,
                new Subject("bank", app("till")),
                Tier.NETWORK_POLICY,
                1,
                Action.DENY,
                List.of(new Peer.Anyone()),
                List.of());
        Rule accept = new Rule(
                origin,
                Direction.INGRESS,
                isolation.subject(),
                Tier.NETWORK_POLICY,
                0,
                Action.ACCEPT,
                List.of(new Peer.Anyone()),
                ports);
        return List.of(accept, isolation);
    }

    private static List<Rule> onlyCatToApi() {
        Origin origin = new Origin("NetworkPolicy", "shop", "web-to-api", 2, "spec.ingress[0]");
        return List.of(
                rule(origin, app("api"), 0, Action.ACCEPT, new Peer.Pods(null, "shop", app("cat"))),
                rule(origin.at("spec.podSelector"), app("api"), 1, Action.DENY, new Peer.Anyone()));
    }

    private void knownWeb() {
        world.synced();
        loadSet();
        world.peers().identity(WEB_IDENTITY);
        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash()));
    }

    /** This is the cluster-wide set, and it is loaded. */
    private void clusterWide(String set, Rule... rules) {
        told(world, 2, Map.of(Sets.CLUSTER_WIDE, set, "shop", "a1"));
        world.sets().loaded(set, new Enforceable(List.of(rules), List.of()));
    }

    private static Rule admin(Action action, Direction direction, Peer peer) {
        return new Rule(
                new Origin("ClusterNetworkPolicy", "", "admin", 1, "spec"),
                direction,
                Subject.acrossNamespaces(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING),
                Tier.ADMIN,
                0,
                action,
                List.of(peer),
                List.of());
    }

    private static NamedPort http(int port) {
        return new NamedPort("http", Protocol.TCP, port);
    }

    /** Whether api may open TCP port 80 of an address, as the kernel would find it. */
    private static boolean reaches(Desired desired, Ipv4 to) {
        int peer = desired.image().prefixes().peer(to.cidr());
        return desired.image()
                .judge(pod(desired, 7).subjects().egress(), peer, 6, 80)
                .accepted();
    }

    private Desired now() {
        return composer.compose().orElseThrow();
    }

    private static Desired.PodDevice pod(Desired desired, int ifindex) {
        return Objects.requireNonNull(desired.pods().get(ifindex));
    }

    /** Whether the address may open TCP port 80 of api, as the kernel would find it. */
    private static boolean accepts(Desired desired, Address from) {
        return accepts(desired, 7, from);
    }

    /** The same of the pod at a device. */
    private static boolean accepts(Desired desired, int ifindex, Address from) {
        int peer = desired.peers().stream()
                .filter(store -> store.address().equals(from))
                .map(store -> store.peer())
                .findFirst()
                .orElseGet(() -> desired.image().prefixes().peer(from.cidr()));
        return desired.image()
                .judge(pod(desired, ifindex).subjects().ingress(), peer, 6, 80)
                .accepted();
    }

    private void loadSet() {
        LabelSelector api = app("api");
        Origin origin = new Origin("NetworkPolicy", "shop", "web-to-api", 1, "spec.ingress[0]");
        world.sets()
                .loaded(
                        "a1",
                        new Enforceable(
                                List.of(
                                        rule(origin, api, 0, Action.ACCEPT, new Peer.Pods(null, "shop", app("web"))),
                                        rule(origin.at("spec.podSelector"), api, 1, Action.DENY, new Peer.Anyone())),
                                List.of()));
    }

    private static Rule rule(Origin origin, LabelSelector pods, int priority, Action action, Peer peer) {
        return new Rule(
                origin,
                Direction.INGRESS,
                new Subject("shop", pods),
                Tier.NETWORK_POLICY,
                priority,
                action,
                List.of(peer),
                List.of());
    }

    private static LabelSelector app(String name) {
        return new LabelSelector(List.of(new Requirement("app", Requirement.Operator.IN, List.of(name))));
    }
}
