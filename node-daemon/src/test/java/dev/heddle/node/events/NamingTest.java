package dev.heddle.node.events;

import static dev.heddle.node.desired.Told.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.live.FlowQuestion;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.Party;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.desired.PodInterface;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Services;
import dev.heddle.node.loop.Round;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.support.Enforceable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Node one has pod api; node two has the webs: what their numbers are called after a round. */
class NamingTest {

    private static final Ipv4 API = Ipv4.parse("10.244.1.7");
    private static final Ipv4 WEB = Ipv4.parse("10.244.2.9");
    private static final Identity WEB_IDENTITY = Identity.of("shop", Map.of("app", "web"), List.of());
    private static final Identity CAT_IDENTITY = Identity.of("shop", Map.of("app", "cat"), List.of());
    private static final Party API_1 =
            new Party(Party.Kind.POD, "shop", "api-1", new TreeMap<>(Map.of("app", "api")), null);

    private final World world = new World("one");
    private final Composer composer = new Composer(world, true);
    private final FlowLog flows =
            new FlowLog("one", () -> Instant.EPOCH, () -> 0L, revision -> List.of(), () -> List.of());
    private final DropLog drops = new DropLog(line -> {}, () -> 0L);
    private final Naming naming = new Naming(composer, flows, drops);
    private int revision;

    @BeforeEach
    void known() {
        world.peers().namespace("shop", Map.of());
        world.peers().ranges("one", List.of(Cidr.parse("10.244.1.0/24")));
        world.peers().ranges("two", List.of(Cidr.parse("10.244.2.0/24")));
        OwnPod pod = new OwnPod("shop", "api-1", "u1", Map.of("app", "api"), List.of(), "", false, false);
        world.pods().pod(pod);
        world.pods()
                .attached(
                        new PodInterface(
                                "s1", "eth0", "shop", "api-1", "u1", 7, "veth7", PodAddresses.of(API), "", null),
                        pod);
        world.nodeState("n1", 1, false);
        told(world, 1, Map.of(Sets.CLUSTER_WIDE, Sets.NONE, "shop", "a1"));
        world.sets()
                .loaded(
                        "a1",
                        new Enforceable(
                                Sentence.rules("api accepts tcp 80 from web", "api accepts tcp 80 from 203.0.113.0/24"),
                                List.of()));
        world.peers().identity(WEB_IDENTITY);
        world.peers().claims("two", Map.of(WEB, WEB_IDENTITY.hash()));
        world.synced();
    }

    /** A round that put into force what was composed. */
    private Image round() {
        Image image = composer.compose().orElseThrow().image();
        revision++;
        naming.accept(new Round(world, observed(image), composer.cut(), List.of()));
        return image;
    }

    private Observed observed(@Nullable Image image) {
        return new Observed(revision, image, Map.of(), Map.of(), Map.of(), Map.of(), Services.NONE, Set.of());
    }

    private int peer(Image image, Address address) {
        return image.prefixes().peer(address.cidr());
    }

    private Party said(Address address, int peer) {
        flows.accept(new PacketEvent(
                0, Direction.INGRESS, true, "policy denied", address, 1, API, 80, 6, 1, peer, revision, 7, 0));
        return records().getLast().source().who();
    }

    private List<FlowRecord> records() {
        return flows.answer(new FlowQuestion(null, null, List.of(), null, 0, 0)).records();
    }

    @Test
    void everyPeerOfTheTablesHasAName() {
        Image image = round();
        assertThat(said(WEB, peer(image, WEB)))
                .isEqualTo(new Party(Party.Kind.POD, "shop", null, WEB_IDENTITY.labels(), null));
        assertThat(said(API, peer(image, API)))
                .as("of its own pods the node knows names")
                .isEqualTo(API_1);
        Ipv4 world = Ipv4.parse("203.0.113.9");
        assertThat(said(world, peer(image, world))).isEqualTo(Party.WORLD.in("203.0.113.0/24"));
        Ipv4 stranger = Ipv4.parse("10.244.2.77");
        assertThat(said(stranger, peer(image, stranger))).isEqualTo(Party.PENDING);
        assertThat(said(API, 1)).isEqualTo(Party.HOST);
        assertThat(said(API, 60_000)).isEqualTo(Party.UNKNOWN);
    }

    @Test
    void theRuleAndThePodAreNamed() {
        Image image = round();
        said(WEB, peer(image, WEB));
        assertThat(records().getFirst().destination().who()).isEqualTo(API_1);
        assertThat(records().getFirst().rule())
                .isEqualTo(image.rules().getFirst().origin());
    }

    /** Single stores give numbers without another revision. */
    @Test
    void aPeerThatASingleStoreBringsHasAName() {
        Image image = round();
        revision--; // the same one again
        world.peers().identity(CAT_IDENTITY);
        world.peers().claims("two", Map.of(WEB, CAT_IDENTITY.hash()));
        assertThat(round()).isSameAs(image);
        OptionalInt cat = IntStream.range(0, composer.peers().size())
                .filter(number ->
                        said(WEB, number).equals(new Party(Party.Kind.POD, "shop", null, CAT_IDENTITY.labels(), null)))
                .findFirst();
        assertThat(cat).isPresent();
    }

    /** The kernel has the tables of another: numbers of a ledger that is not theirs would name the wrong one. */
    @Test
    void anImageThatIsNotInForceNamesNobody() {
        composer.compose();
        revision = 9;
        naming.accept(new Round(world, observed(null), Composer.Cut.NOTHING, List.of()));
        assertThat(said(WEB, 3)).isEqualTo(Party.UNKNOWN);

        Image old = round();
        int web = peer(old, WEB);
        Composer.Cut live = composer.cut();
        world.peers().claims("two", Map.of());
        world.peers().namespace("shop", Map.of("another", "label"));
        composer.compose(); // in whose ledger nobody has the number
        naming.accept(new Round(world, observed(old), live, List.of()));
        assertThat(said(WEB, web).labels()).isEqualTo(WEB_IDENTITY.labels());
    }
}
