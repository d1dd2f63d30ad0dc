package dev.heddle.node.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.plan.Desired;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Enforceable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        world.nodeState("n1", 1, Map.of("shop", new Sets.Missing("a1", 1)), false);
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
        assertThat(composer.cut().sets()).isEqualTo(Map.of("shop", "a1"));
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
    void twoClaimsOfOneAddressMakeItPending() {
        world.synced();
        loadSet();
        world.peers().identity(WEB_IDENTITY);
        world.peers().identity(CAT_IDENTITY);
        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash()));
        assertThat(accepts(now(), WEB)).isTrue();

        world.peers().claims("three", Map.of(WEB, CAT_IDENTITY.hash()));

        assertThat(accepts(now(), WEB)).isFalse();
        assertThat(world.peers().conflicts()).containsExactly(WEB);
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
        loadSet();
        now();
        world.nodeState("n1", 2, Map.of("shop", new Sets.Missing("b2", 1), "bank", new Sets.Missing("", 0)), false);
        now();
        assertThat(composer.cut().generation()).as("a cut is whole").isEqualTo(1);

        world.sets().broken("b2", "chunk b2 is not there");
        now();

        assertThat(composer.cut().sets()).isEqualTo(Map.of("shop", "a1", "bank", ""));
    }

    private Desired now() {
        return composer.compose().orElseThrow();
    }

    private static Desired.PodDevice pod(Desired desired, int ifindex) {
        return Objects.requireNonNull(desired.pods().get(ifindex));
    }

    /** Whether the address may open TCP port 80 of api, as the kernel would find it. */
    private static boolean accepts(Desired desired, Ipv4 from) {
        int peer = desired.peers().stream()
                .filter(store -> store.address().equals(from))
                .map(store -> store.peer())
                .findFirst()
                .orElseGet(() -> desired.image().prefixes().peer(from.cidr()));
        return desired.image()
                .judge(pod(desired, 7).subjects().ingress(), peer, 6, 80)
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
