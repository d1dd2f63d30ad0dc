package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.compile.PeerKey;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Who;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One store into the live tables says who has an address; the next packet is judged by it. */
@Tag("bpf")
class PeerStoreTest {

    private static final PodAddresses WEB =
            PodAddresses.of(Address.parse("10.244.1.7"), Address.parse("fd00:244:0:1::7"));
    private static final Identity API = Identity.of("shop", Map.of("app", "api"), List.of());
    private static final int TCP = 6;

    private final SmallKernel small = new SmallKernel();
    private final LoopbackHooks hooks = new LoopbackHooks(small);
    private final PeerNumbering numbering = new PeerNumbering(Abi.PEERS);
    private final Image image = Compiler.compile(
            view(
                    List.of(
                            new Claim(Cidr.host("10.244.2.1"), API.hash()),
                            new Claim(Cidr.host("fd00:244:0:2::1"), API.hash())),
                    List.of(Cidr.parse("10.244.0.0/16"), Cidr.parse("fd00:244::/48"))),
            numbering,
            Capacity.OF_THE_KERNEL_TABLES);

    private static NodeView view(List<Claim> claims, List<Cidr> podRanges) {
        return new NodeView(
                Sentence.rules("web accepts all from api"),
                List.of(new LocalEndpoint("web", "shop", Map.of("app", "web"), List.of())),
                Map.of("shop", Map.of()),
                Map.of(API.hash(), API),
                claims,
                podRanges);
    }

    @BeforeEach
    void webIsIsolated() {
        small.kernel.writeStandby(image, Map.of(), 1);
        small.kernel.flip(1);
        small.kernel.storeSlot(new Slot(LoopbackHooks.IFINDEX, WEB, "", false), SmallKernel.isolated(image), image);
    }

    @AfterEach
    void end() {
        hooks.close();
        small.close();
    }

    /** Beside an address that is known, on another node, and outside the pods' ranges. */
    @ParameterizedTest
    @CsvSource({
        "10.244.2.9, 10.244.2.1, 10.244.2.8",
        "10.244.7.9, 10.244.2.1, 10.244.7.8",
        "10.9.7.9, 10.244.2.1, 10.9.7.8",
        "fd00:244:0:2::9, fd00:244:0:2::1, fd00:244:0:2::8",
        "fd00:244:0:7::9, fd00:244:0:2::1, fd00:244:0:7::8",
        "fd00:244:0:2:1::9, fd00:244:0:2::1, fd00:244:0:2:1::8",
        "fd00:244:0:2:1::1, fd00:244:0:2::1, fd00:244:0:2:0:1:0:1",
        "fd00:244:0:3::1, fd00:244:0:2::1, fd00:244:1:2::1",
        "2001:db8::9, fd00:244:0:2::1, 2001:db8::8"
    })
    void theNextPacketIsJudgedByWhoHasTheAddressNow(String address, String known, String neighbour) {
        assertThat(accepts(known)).isTrue();
        assertThat(accepts(address)).isFalse();

        store(address, new Who.Known(API.hash()));
        assertThat(accepts(address)).isTrue();
        assertThat(accepts(known)).isTrue();
        assertThat(accepts(neighbour)).isFalse();

        store(address, Who.PENDING);
        assertThat(accepts(address)).isFalse();
        assertThat(accepts(known)).isTrue();
    }

    /** Nobody had that number before: its class is stored with it, for the verdict and for the rule. */
    @ParameterizedTest
    @CsvSource({"10.244.2.9, 10.244.2.1", "fd00:244:0:2::9, fd00:244:0:2::1"})
    void aPeerThatTheRevisionDidNotKnowIsJudgedAsThoseAlikeToIt(String address, String known) {
        Identity late = Identity.of("shop", Map.of("app", "api", "track", "canary"), List.of());
        assertThat(accepts(address)).isFalse();
        store(address, new Who.Known(late.hash()), late);
        assertThat(said(address)).isEqualTo(said(known));
        assertThat(accepts(address)).isTrue();
    }

    /** The next revision's trees are this one's, as they are by now. */
    @ParameterizedTest
    @CsvSource({"10.244.2.9, 10.244.2.1, 10.244.2.8", "fd00:244:0:2::9, fd00:244:0:2::1, fd00:244:0:2::8"})
    void whatWasStoredIsInTheNextRevisionsToo(String address, String known, String neighbour) {
        store(address, new Who.Known(API.hash()));
        for (int revision = 2; revision < 5; revision++) {
            Image next = Compiler.recompile(
                            image,
                            List.of(image.peerAt(Cidr.host(address), new Who.Known(API.hash()))),
                            view(List.of(), List.of()),
                            numbering,
                            Capacity.OF_THE_KERNEL_TABLES)
                    .orElseThrow();
            small.kernel.writeStandby(next, Map.of(LoopbackHooks.IFINDEX, SmallKernel.isolated(next)), revision);
            small.kernel.flip(revision);
            assertThat(accepts(address)).isTrue();
            assertThat(accepts(known)).isTrue();
            assertThat(accepts(neighbour)).isFalse();
        }
        store(known, Who.PENDING);
        assertThat(accepts(known)).isFalse();
        assertThat(accepts(address)).isTrue();
    }

    /** Pages come in between the root and addresses that are known; whoever looks meets the tree before or after. */
    @ParameterizedTest
    @ValueSource(strings = {"10.244.2.1 10.244.2.2 10.%d.%d.9", "fd00:244:0:2::1 fd00:244:0:2::2 fd00:%x:%x::9"})
    void whileAddressesArriveNobodyElseIsMisjudged(String names) throws InterruptedException {
        String[] name = names.split(" ", -1);
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicInteger judged = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!stopped.get()) {
                wrong.addAndGet(accepts(name[0]) && !accepts(name[1]) ? 0 : 1);
                judged.incrementAndGet();
            }
        });
        for (int i = 0; i < 600; i++) {
            store(name[2].formatted(i % 20, i / 20), new Who.Known(API.hash()));
        }
        stopped.set(true);
        reader.join();

        assertThat(judged).hasPositiveValue();
        assertThat(wrong).hasValue(0);
    }

    private void store(String address, Who who) {
        store(address, who, API);
    }

    private void store(String address, Who who, Identity identity) {
        PeerKey key = image.peerAt(Cidr.host(address), who);
        int peerClass =
                image.classFor(key, who instanceof Who.Known ? identity : null).orElseThrow();
        small.kernel.storePeer(new PeerStore(
                Address.parse(address),
                numbering.number(key).orElseThrow(),
                peerClass,
                image.verdictClassOf(peerClass)));
    }

    private boolean accepts(String from) {
        return said(from).passed();
    }

    private LoopbackHooks.Said said(String from) {
        Cidr other = Cidr.host(from);
        Cidr own = WEB.all().get(other.isIpv4() ? 0 : 1).cidr();
        Party.Pod web = new Party.Pod("shop", Map.of(), Map.of("app", "web"), List.of(), own);
        return hooks.run(new Flow(web, Direction.INGRESS, new Party.Outside(other), TCP, 80));
    }
}
