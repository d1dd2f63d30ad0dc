package dev.heddle.node.report;

import static dev.heddle.node.desired.Told.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.Failure;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.node.apply.Applied;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.desired.ServiceTable;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.DeviceLink;
import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.LinkState;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Services;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.kernel.SocketHook;
import dev.heddle.node.loop.Admission;
import dev.heddle.node.loop.Round;
import dev.heddle.node.plan.Desired;
import dev.heddle.node.plan.Step;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Enforceable;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A new pod's way: what its ADD waits for at each step, and what this node says of itself meanwhile. */
class PictureTest {

    private static final Ipv4 ADDRESS = Ipv4.parse("10.244.1.7");
    private static final PodInterface API =
            new PodInterface("s1", "eth0", "shop", "api", "u1", 7, "veth7", PodAddresses.of(ADDRESS), "", null);
    private static final OwnPod POD =
            new OwnPod("shop", "api", "u1", Map.of("app", "api"), List.of(), "10.244.1.7", false, false);

    private final World world = new World("one");
    private final Composer composer = new Composer(world, false);
    private Observed observed = Observed.NOTHING;
    private List<Applied.Failed> failures = List.of();
    private String uncomposed = "";

    @BeforeEach
    void start() {
        world.pods().attached(API, null);
    }

    @Test
    void anAddWaitsForOneThingAfterTheOther() {
        assertThat(awaits()).isEqualTo("the API server's lists");
        world.synced();
        assertThat(awaits()).isEqualTo("pod shop/api to appear");
        world.pods().pod(POD);
        assertThat(awaits()).isEqualTo("the labels of namespace shop");
        world.peers().namespace("shop", Map.of());
        assertThat(awaits()).isEqualTo("the policy set of namespace shop");
        told(world, 3, Map.of("shop", Sets.NONE));
        assertThat(awaits()).isEqualTo("the cluster-wide policy set");
        told(world, 3, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", Sets.NONE));
        assertThat(awaits()).isEqualTo("the tables of device veth7");
        slot();
        assertThat(awaits()).isEqualTo("the programs on device veth7");
        links();
        assertThat(awaits()).startsWith("address 10.244.1.7 to be inside the ranges of NodeEndpoints one");
        world.peers().ranges("one", List.of(Cidr.parse("10.244.1.0/24")));
        assertThat(awaits()).isEqualTo("address 10.244.1.7 to be published in NodeEndpoints one");
        publish();
        assertThat(awaits()).isEmpty();
    }

    @Test
    void anAddWaitsForTheAddressesOfBothFamilies() {
        Ipv6 second = Ipv6.parse("fd00:244:1::7");
        everything();
        publish();
        assertThat(Admission.awaits(API, round())).isEmpty();
        PodInterface both = new PodInterface(
                "s1", "eth0", "shop", "api", "u1", 7, "veth7", PodAddresses.of(ADDRESS, second), "", null);
        world.pods().attached(both, null);

        assertThat(Admission.awaits(both, round())).hasValue("the tables of device veth7");
        observed = observed(observed.image(), Map.of(7, new Slot(7, both.addresses(), "", false)), observed.links());
        assertThat(Admission.awaits(both, round()).orElseThrow())
                .startsWith("address fd00:244:1::7 to be inside the ranges of NodeEndpoints one");
        assertThat(Picture.of(round()).claims())
                .extracting(EndpointClaim::address)
                .containsExactly("10.244.1.7");

        world.peers().ranges("one", List.of(Cidr.parse("10.244.1.0/24"), Cidr.parse("fd00:244:1::/64")));
        assertThat(Admission.awaits(both, round()))
                .hasValue("address fd00:244:1::7 to be published in NodeEndpoints one");
        assertThat(Picture.of(round()).claims())
                .extracting(EndpointClaim::address)
                .containsExactly("10.244.1.7", "fd00:244:1::7");
        assertThat(Picture.of(round()).claimsPublished()).isFalse();

        String hash = POD.identity().hash();
        world.ownEndpointsSeen(Map.of(ADDRESS, hash, second, hash));
        assertThat(Admission.awaits(both, round())).isEmpty();
        assertThat(Picture.of(round()).claimsPublished()).isTrue();
    }

    @Test
    void aPodOfIpv6AloneIsProtectedToo() {
        PodInterface six = new PodInterface(
                "s6", "eth0", "shop", "six", "u6", 9, "veth9", PodAddresses.of(Ipv6.parse("fd00::6")), "", null);
        everything();
        world.pods().pod(new OwnPod("shop", "six", "u6", Map.of(), List.of(), "fd00:0::6", false, false));
        assertThat(Picture.of(round()).unprotected()).containsKey("shop/six");

        world.pods().attached(six, null);
        assertThat(Picture.of(round()).unprotected().get("shop/six")).contains("programs are missing on device veth9");
    }

    @Test
    void anAddressThatAnotherNodeClaimsTooIsSaidByBoth() {
        everything();
        String other = Identity.of("shop", Map.of("app", "cat"), List.of()).hash();
        world.peers().claims("two", Map.of(ADDRESS, POD.identity().hash()));
        assertThat(Picture.of(round()).trouble())
                .as("the same pod, to all that policy asks")
                .isEmpty();

        world.peers().claims("two", Map.of(ADDRESS, other));
        assertThat(Picture.of(round()).trouble())
                .singleElement()
                .asString()
                .startsWith("address 10.244.1.7 is claimed for different pods by nodes one and two");

        world.peers().claims("three", Map.of(ADDRESS, POD.identity().hash()));
        world.pods().detached(API.id());
        assertThat(Picture.of(round()).trouble()).as("others say it").isEmpty();
    }

    @Test
    void claimsAreWrittenUntilTheApiServerHasThem() {
        everything();
        Picture before = Picture.of(round());
        assertThat(before.claimsPublished()).isFalse();
        assertThat(before.claims()).hasSize(1);
        assertThat(before.identities()).containsExactly(POD.identity());

        publish();
        assertThat(Picture.of(round()).claimsPublished()).isTrue();
        assertThat(Picture.of(round()).identities()).isEmpty();

        world.nodeGone("one"); // somebody deleted the object; the operator will make it again
        world.peers().ranges("one", List.of(Cidr.parse("10.244.1.0/24")));
        assertThat(Picture.of(round()).claimsPublished()).isFalse();
    }

    @Test
    void anAddressOutsideTheRangesSpoilsNobodyElsesClaim() {
        everything();
        world.pods().pod(new OwnPod("shop", "odd", "u2", Map.of(), List.of(), "10.9.9.9", false, false));
        world.pods()
                .attached(
                        new PodInterface(
                                "s2",
                                "eth0",
                                "shop",
                                "odd",
                                "u2",
                                8,
                                "veth8",
                                PodAddresses.of(Ipv4.parse("10.9.9.9")),
                                "",
                                null),
                        null);

        assertThat(Picture.of(round()).claims())
                .extracting(claim -> claim.address())
                .containsExactly("10.244.1.7");
    }

    @Test
    void anAddressOfTwoPodsIsNobodysUntilOneIsGone() {
        everything();
        PodInterface second =
                new PodInterface("s2", "eth0", "shop", "web", "u2", 8, "veth8", PodAddresses.of(ADDRESS), "", null);
        world.pods().pod(new OwnPod("shop", "web", "u2", Map.of("app", "web"), List.of(), "", false, false));
        world.pods().attached(second, null);

        assertThat(Picture.of(round()).claims()).isEmpty();
        assertThat(Picture.of(round()).trouble())
                .containsExactly(
                        "address 10.244.1.7 is that of pods shop/api and shop/web of this node; nobody accepts it"
                                + " by labels until one of them is gone");

        world.pods().detached(second.id());
        assertThat(Picture.of(round()).claims()).hasSize(1);
        assertThat(Picture.of(round()).trouble()).isEmpty();
    }

    @Test
    void aPodWithoutProgramsIsUnprotectedAndSaidSo() {
        everything();
        assertThat(Picture.of(round()).unprotected()).isEmpty();
        assertThat(enforced()).isEqualTo("True AsWanted");

        observed = observed(observed.image(), observed.slots(), Map.of());

        assertThat(Picture.of(round()).unprotected())
                .isEqualTo(Map.of("shop/api", "programs are missing on device veth7"));
        assertThat(enforced()).isEqualTo("False PodsUnprotected");
    }

    @ParameterizedTest(name = "hostNetwork {0}, finished {1}")
    @CsvSource({"true, false", "false, true"})
    void aPodWithoutADeviceOfItsOwnIsNobodyToProtect(boolean hostNetwork, boolean finished) {
        everything();
        world.pods().pod(new OwnPod("tools", "agent", "u9", Map.of(), List.of(), "192.0.2.1", hostNetwork, finished));

        assertThat(Picture.of(round()).unprotected()).doesNotContainKey("tools/agent");
        assertThat(world.namespaces()).doesNotContain("tools");
    }

    @Test
    void aSequenceThatIsNotInForceIsNotClaimed() {
        everything();
        told(world, 4, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", "missing"));

        assertThat(Picture.of(round()))
                .extracting(Picture::told, Picture::inForce)
                .containsExactly(4L, 3L);
        assertThat(enforced()).isEqualTo("False Behind");
    }

    @Test
    void aRevisionThatTheKernelRefusesSaysWhatStaysAndWhatToDo() {
        everything();
        Image refused = composer.compose().map(Desired::image).orElseThrow();
        failures = List.of(new Applied.Failed(
                new Step.WriteImage(refused, Map.of(), 2), new KernelException("no room; name fewer ranges")));

        assertThat(enforced()).isEqualTo("False RevisionRefused");
        assertThat(condition().getMessage()).isEqualTo("revision 1 stays: no room; name fewer ranges");
    }

    @Test
    void aRevisionThatCannotBeMadeSaysSoToo() {
        everything();
        uncomposed = "the table is too small; take addresses off it";

        assertThat(enforced()).isEqualTo("False RevisionRefused");
        assertThat(condition().getMessage())
                .isEqualTo("revision 1 stays: the table is too small; take addresses off it");
    }

    /** The compiler found it, so that only this node can say it. */
    @Test
    void anObjectThatIsClosedForItsNamespacesBudgetIsAFailureThatSaysWhatWhereAndWhatToDo() {
        everything();
        told(world, 4, Map.of("shop", "huge"));
        world.sets().loaded("huge", new Enforceable(tooManyPorts(), List.of()));
        slot();
        links();

        assertThat(new StatusDraft(List.of())
                        .draw(Picture.of(round()), Instant.EPOCH)
                        .failures())
                .singleElement()
                .satisfies(failure -> {
                    assertThat(failure)
                            .extracting(
                                    Failure::kind,
                                    Failure::namespace,
                                    Failure::name,
                                    Failure::generation,
                                    Failure::field,
                                    Failure::severity)
                            .containsExactly("NetworkPolicy", "shop", "huge", 2L, "spec", Problem.Severity.REJECTED);
                    assertThat(failure.message())
                            .isEqualTo("its namespace names more than 512 ranges or 256 ports; the object is closed for"
                                    + " the pods it selects; name fewer, or spread them over namespaces");
                });
        assertThat(enforced()).as("of everybody else").isEqualTo("True AsWanted");
    }

    private static List<Rule> tooManyPorts() {
        List<PortMatch> ports = IntStream.range(0, 300)
                .mapToObj(i -> (PortMatch) new PortMatch.Range(Protocol.TCP, 2 * i + 1, 2 * i + 1))
                .toList();
        return List.of(new Rule(
                new Origin("NetworkPolicy", "shop", "huge", 2, "spec.ingress[0]"),
                Direction.INGRESS,
                new Subject("shop", LabelSelector.EVERYTHING),
                Tier.NETWORK_POLICY,
                0,
                Action.ACCEPT,
                List.of(new Peer.Anyone()),
                ports));
    }

    @Test
    void whatIsRefusedOfOneDeviceIsSaidToo() {
        everything();
        failures = List.of(new Applied.Failed(
                new Step.Attach(new DeviceLink(9, Hook.TO_POD)), new KernelException("no tcx on device 9")));

        assertThat(enforced()).isEqualTo("False Trouble");
        assertThat(condition().getMessage()).isEqualTo("no tcx on device 9");
    }

    /** What the kernel refuses of a Service is said of that Service, and takes nothing from what is said of policy. */
    @Test
    void servicesHaveAConditionOfTheirOwn() {
        everything();
        assertThat(services()).isEqualTo("False Off: no connection's address is translated here");
        observed = new Observed(
                1,
                observed.image(),
                observed.slots(),
                Map.of(),
                observed.links(),
                Map.of(SocketHook.CONNECT4, LinkState.CURRENT),
                Services.NONE,
                Set.of());
        assertThat(services()).isEqualTo("True AsWanted: every Service is translated");

        ServiceAddress address = new ServiceAddress(Ipv4.parse("10.96.0.5"), 80, 6);
        world.services()
                .service(
                        "shop/web",
                        new ServiceTable.Service(
                                "",
                                List.of(address.address()),
                                List.of(new ServiceTable.Port("", 80, 6, 0)),
                                0,
                                false,
                                false));
        failures = List.of(
                new Applied.Failed(
                        new Step.PutService(address, ServiceTarget.of(List.of())),
                        new KernelException("map services is full")),
                new Applied.Failed(
                        new Step.RemoveServiceNode(Ipv4.parse("10.0.0.2")), new KernelException("map is gone")));

        assertThat(services())
                .isEqualTo("False NotAll: Service shop/web: map services is full; node ports at 10.0.0.2: map is gone");
        assertThat(enforced()).isEqualTo("True AsWanted");
    }

    private String services() {
        return conditions(List.of()).stream()
                .filter(condition -> condition.getType().equals("ServicesTranslated"))
                .map(condition -> condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage())
                .findFirst()
                .orElse("");
    }

    @Test
    void theStatusSaysOfEachNamespaceWhichHeadIsInForce() {
        everything();
        world.nodeState("n1", 2, false);
        told(world, 5, Map.of("shop", Sets.NONE));
        NodeStateStatus status = new StatusDraft(List.of()).draw(Picture.of(round()), Instant.EPOCH);

        assertThat(status.live()).containsExactly("=3", "shop=5");
        assertThat(status)
                .extracting(NodeStateStatus::observedGeneration, NodeStateStatus::told, NodeStateStatus::inForce)
                .containsExactly(2L, 5L, 5L);
    }

    /** It reads the namespace's policies itself until the operator has told of them. */
    @Test
    void whatNoHeadSaysIsInForceButNotClaimed() {
        everything();
        world.sets().headGone("shop", 3);
        world.sets().found("shop", Sets.NONE);

        assertThat(Admission.awaits(API, round()))
                .hasValueSatisfying(missing -> assertThat(missing).contains("published"));
        assertThat(Picture.of(round()).live()).containsOnlyKeys(Sets.CLUSTER_WIDE);
    }

    private void everything() {
        world.synced();
        world.pods().pod(POD);
        world.peers().namespace("shop", Map.of());
        world.peers().ranges("one", List.of(Cidr.parse("10.244.1.0/24")));
        told(world, 3, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", Sets.NONE));
        slot();
        links();
    }

    private void slot() {
        observed = observed(
                composer.compose().map(Desired::image).orElseThrow(),
                Map.of(7, new Slot(7, PodAddresses.of(ADDRESS), "", false)),
                Map.of());
    }

    private void links() {
        Map<DeviceLink, LinkState> links = Map.of(
                new DeviceLink(7, Hook.FROM_POD), LinkState.CURRENT, new DeviceLink(7, Hook.TO_POD), LinkState.CURRENT);
        observed = observed(observed.image(), observed.slots(), links);
    }

    private static Observed observed(
            @Nullable Image image, Map<Integer, Slot> slots, Map<DeviceLink, LinkState> links) {
        return new Observed(1, image, slots, Map.of(), links, Map.of(), Services.NONE, Set.of());
    }

    private void publish() {
        world.identityPublished(POD.identity());
        world.ownEndpointsSeen(Map.of(ADDRESS, POD.identity().hash()));
    }

    private Round round() {
        var _ = composer.compose();
        return new Round(world, observed, composer.cut(), failures, uncomposed);
    }

    private String awaits() {
        return Admission.awaits(API, round()).orElse("");
    }

    @Test
    void whatTheKernelLacksIsNamedBesideWhatIsEnforced() {
        assertThat(conditions(List.of())).extracting(Condition::getType).doesNotContain("KernelFeatures");
        assertThat(conditions(List.of("no tcx: something else", "no more: nothing")))
                .filteredOn(condition -> condition.getType().equals("KernelFeatures"))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getStatus()).isEqualTo("False");
                    assertThat(condition.getMessage()).isEqualTo("no tcx: something else; no more: nothing");
                });
    }

    private String enforced() {
        return condition().getStatus() + " " + condition().getReason();
    }

    private Condition condition() {
        return conditions(List.of()).stream()
                .filter(condition -> condition.getType().equals("Enforced"))
                .findFirst()
                .orElseThrow();
    }

    private List<Condition> conditions(List<String> lacking) {
        return new StatusDraft(lacking).draw(Picture.of(round()), Instant.EPOCH).conditions();
    }
}
