package dev.heddle.policy.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Who;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.text.RuleText;
import dev.heddle.policy.world.Compiled;
import dev.heddle.policy.world.World;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables say of every flow what the oracle says, rule for rule; read as the kernel reads them. */
class TablesAgreeWithOracleTest {

    private static final int CLUSTERS = 400;
    private static final int SAMPLES = 3;

    private long compared;
    private long denied;
    private long lateWithClass;

    @Test
    void onEveryRandomCluster() {
        for (long seed = Draw.SEED; seed < Draw.SEED + CLUSTERS; seed++) {
            check(seed);
        }
        System.out.printf("rules and tables: %d flows agree, %d denied; seed %d%n", compared, denied, Draw.SEED);
        // The generator must not drift to where everything is open, or nothing is.
        assertThat(denied).isBetween(compared / 10, compared * 9 / 10);
        assertThat(lateWithClass).isGreaterThan(CLUSTERS / 10);
    }

    /** One node through two revisions of its policy; it has heard of the first pods only. */
    private record Node(long seed, World world, int local, int heard, PeerNumbering numbering) {

        Compiled compiled(List<Rule> rules) {
            return new Compiled(
                    world,
                    local,
                    Compiler.compile(world.seen(rules, local, heard), numbering, Capacity.OF_THE_KERNEL_TABLES));
        }
    }

    private void check(long seed) {
        Draw draw = new Draw(seed);
        World world = RandomWorld.of(draw);
        PeerNumbering numbering = new PeerNumbering(65_536);
        int pods = world.pods().size();
        int local = 1 + draw.below(pods);
        for (int revision = 0; revision < 2; revision++) {
            Node node = new Node(seed, world, local, local + draw.below(pods - local + 1), numbering);
            List<Rule> rules = RandomObjects.of(draw, world).rules();
            Compiled tables = node.compiled(rules);
            for (Party.Pod pod : world.pods().subList(0, local)) {
                for (Direction direction : Direction.values()) {
                    for (Party other : RandomWorld.parties(world, direction)) {
                        for (int sample = 0; sample < SAMPLES; sample++) {
                            check(node, rules, tables, RandomWorld.flow(draw, pod, direction, other));
                        }
                    }
                }
            }
        }
    }

    private void check(Node node, List<Rule> rules, Compiled tables, Flow flow) {
        compared++;
        denied += Oracle.judge(rules, flow).accepted() ? 0 : 1;
        if (disagree(node, rules, tables, flow)) {
            List<Rule> fewest = Smallest.of(rules, fewer -> disagree(node, fewer, node.compiled(fewer), flow));
            Flow seen = seen(node, flow);
            throw new AssertionError("-Dheddle.seed=%d: %s%nrules:  %s%ntables: %s%nunder%n%s"
                    .formatted(
                            node.seed(),
                            seen,
                            Oracle.judge(fewest, seen),
                            node.compiled(fewest).judge(seen),
                            fewest.stream().map(RuleText::of).collect(Collectors.joining(System.lineSeparator()))));
        }
    }

    private boolean disagree(Node node, List<Rule> rules, Compiled tables, Flow flow) {
        Flow seen = seen(node, flow);
        if (!tables.judge(seen).equals(Set.of(Oracle.judge(rules, seen)))) {
            return true;
        }
        if (seen.equals(flow)) {
            return false;
        }
        // A latecomer that has a class needs no compile.
        Party.Pod latecomer = (Party.Pod) flow.other();
        Identity identity = World.identity(latecomer);
        Image image = tables.image();
        OptionalInt late = image.classFor(image.peerAt(latecomer.address(), new Who.Known(identity.hash())), identity);
        lateWithClass += late.isPresent() ? 1 : 0;
        return late.isPresent() && !tables.judge(flow, late.getAsInt()).equals(Set.of(Oracle.judge(rules, flow)));
    }

    /** Before it is heard of, a pod is pending. */
    private static Flow seen(Node node, Flow flow) {
        boolean late = node.world().pods().indexOf(flow.other()) >= node.heard();
        Party other = late ? new Party.Unidentified(flow.other().address()) : flow.other();
        return new Flow(flow.subject(), flow.direction(), other, flow.protocol(), flow.port());
    }
}
