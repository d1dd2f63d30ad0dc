package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Subjects;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Judgement;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.random.Draw;
import dev.heddle.policy.random.RandomObjects;
import dev.heddle.policy.random.RandomWorld;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.world.World;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The programs say of a packet what the oracle says of its flow, rule for rule, over both families: real tables, written
 * by the daemon's own hand. A sample of what the policy module asks of the tables alone.
 */
@Tag("bpf")
class ProgramsAgreeWithOracleTest {

    private static final int CLUSTERS = 100;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    private final SmallKernel small = new SmallKernel();
    private final LoopbackHooks hooks = new LoopbackHooks(small);
    private int revision;
    private int judgedIpv4;
    private int judgedIpv6;
    private int denied;

    @AfterEach
    void end() {
        hooks.close();
        small.close();
    }

    @Test
    void onRandomClusters() {
        for (long seed = Draw.SEED; seed < Draw.SEED + CLUSTERS; seed++) {
            check(seed);
        }
        System.out.printf(
                "rules and programs: %d flows over IPv4 and %d over IPv6 agree, %d denied; seed %d%n",
                judgedIpv4, judgedIpv6, denied, Draw.SEED);
        int judged = judgedIpv4 + judgedIpv6;
        assertThat(judgedIpv4).isGreaterThan(judged / 10);
        assertThat(judgedIpv6).isGreaterThan(judged / 10);
        assertThat(denied).isBetween(judged / 10, judged * 9 / 10);
    }

    private void check(long seed) {
        Draw draw = new Draw(seed);
        World world = RandomWorld.of(draw);
        List<Rule> rules = RandomObjects.of(draw, world).rules();
        int pods = world.pods().size();
        int heard = 1 + draw.below(pods);
        Image image = Compiler.compile(
                world.seen(rules, pods, heard), new PeerNumbering(Abi.PEERS), Capacity.OF_THE_KERNEL_TABLES);
        small.kernel.writeStandby(image, Map.of(), ++revision);
        small.kernel.flip(revision);
        small.kernel.awaitGracePeriod();
        world.nodes().stream().filter(Party.Node::own).forEach(node -> small.kernel.putNodeAddress(address(node)));
        for (int pod = 0; pod < pods; pod++) {
            Subjects subjects = Objects.requireNonNull(image.subjects().get(String.valueOf(pod)));
            Address own = address(world.pods().get(pod));
            small.kernel.clearSlot(slot(own));
            small.kernel.storeSlot(slot(own), subjects, image);
            for (Direction direction : Direction.values()) {
                for (Party other : RandomWorld.parties(world, direction)) {
                    Flow flow = RandomWorld.flow(draw, world.pods().get(pod), direction, other);
                    if (isOnTheWire(flow)) {
                        check(seed, image, rules, asHeard(world, heard, overItsFamily(flow)));
                    }
                }
            }
        }
    }

    private static Slot slot(Address address) {
        return new Slot(LoopbackHooks.IFINDEX, PodAddresses.of(address), "", false);
    }

    /** Ends of one family, and not the pod itself. */
    private static boolean isOnTheWire(Flow flow) {
        Cidr own = flow.subject().address();
        Cidr other = flow.other().address();
        return own.isIpv4() == other.isIpv4() && !own.equals(other);
    }

    private static Flow overItsFamily(Flow flow) {
        boolean ping6 = flow.protocol() == ICMP && !flow.subject().address().isIpv4();
        return ping6 ? new Flow(flow.subject(), flow.direction(), flow.other(), ICMPV6, 0) : flow;
    }

    /** A pod that the node has not heard of is pending. */
    private static Flow asHeard(World world, int heard, Flow flow) {
        boolean late = world.pods().indexOf(flow.other()) >= heard;
        Party other = late ? new Party.Unidentified(flow.other().address()) : flow.other();
        return new Flow(flow.subject(), flow.direction(), other, flow.protocol(), flow.port());
    }

    private void check(long seed, Image image, List<Rule> rules, Flow flow) {
        Judgement expected = Oracle.judge(rules, flow);
        LoopbackHooks.Said said = hooks.run(flow);
        assertThat(new Judgement(said.passed(), image.rule(said.rule())))
                .as("-Dheddle.seed=%d: %s, of %d rules", seed, flow, rules.size())
                .isEqualTo(expected);
        judgedIpv4 += flow.subject().address().isIpv4() ? 1 : 0;
        judgedIpv6 += flow.subject().address().isIpv4() ? 0 : 1;
        denied += expected.accepted() ? 0 : 1;
    }

    private static Address address(Party party) {
        return Address.of(party.address().address());
    }
}
