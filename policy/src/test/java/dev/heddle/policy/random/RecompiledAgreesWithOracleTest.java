package dev.heddle.policy.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.PeerKey;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.Who;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Judgement;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.world.Compiled;
import dev.heddle.policy.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An image that was compiled for the addresses of an earlier one says what the oracle says, also of pods whose addresses
 * were stored one by one in between.
 */
class RecompiledAgreesWithOracleTest {

    private static final int CLUSTERS = 400;

    private long compared;
    private long denied;
    private long late;
    private long refused;

    @Test
    void onEveryRandomCluster() {
        for (long seed = Draw.SEED; seed < Draw.SEED + CLUSTERS; seed++) {
            check(seed);
        }
        System.out.printf(
                "recompiled: %d flows agree, %d denied, %d with pods that came late; seed %d%n",
                compared, denied, late, Draw.SEED);
        assertThat(denied).isBetween(compared / 10, compared * 9 / 10);
        assertThat(late).isGreaterThan(compared / 100);
        assertThat(refused).as("takes a whole compile").isLessThan(CLUSTERS / 10);
    }

    private void check(long seed) {
        Draw draw = new Draw(seed);
        World world = RandomWorld.of(draw);
        PeerNumbering numbering = new PeerNumbering(65_536);
        int pods = world.pods().size();
        int local = 1 + draw.below(pods);
        int heard = local + draw.below(pods - local + 1);
        List<Rule> rules = RandomObjects.of(draw, world).rules();
        Image image = Compiler.compile(world.seen(rules, local, heard), numbering, Capacity.OF_THE_KERNEL_TABLES);
        Map<Cidr, Integer> stored = new HashMap<>();
        List<Rule> current = rules;
        for (int revision = 0; revision < 3; revision++) {
            List<PeerKey> came = new ArrayList<>();
            for (Party.Pod pod : world.pods().subList(heard, pods)) {
                if (draw.oneIn(2)) {
                    store(image, numbering, pod, stored, came);
                }
            }
            List<Rule> others = RandomObjects.of(draw, world).rules();
            // Of objects that did not change the rules are the very ones that they were, which the compiler remembers.
            Set<String> unchanged = current.stream()
                    .map(rule -> rule.origin().object())
                    .distinct()
                    .filter(object -> draw.oneIn(2))
                    .collect(Collectors.toSet());
            List<Rule> next = Stream.of(
                            rules.stream().filter(asksWhere()),
                            current.stream()
                                    .filter(isOf(unchanged).and(asksWhere().negate())),
                            others.stream()
                                    .filter(isOf(unchanged).or(asksWhere()).negate()))
                    .flatMap(part -> part)
                    .toList();
            current = next;
            // The compiler may read no claim and no range of it.
            NodeView seen = world.seen(next, local, pods);
            NodeView view = new NodeView(
                    next, seen.endpoints(), seen.namespaces(), seen.identities(), List.of(), List.of(), seen.nodes());
            Optional<Image> recompiled =
                    Compiler.recompile(image, came, view, numbering, Capacity.OF_THE_KERNEL_TABLES);
            if (recompiled.isEmpty()) {
                refused++;
                return;
            }
            image = recompiled.get();
            check(seed, draw, new Compiled(world, local, image), next, heard, stored);
        }
    }

    private static void store(
            Image image, PeerNumbering numbering, Party.Pod pod, Map<Cidr, Integer> stored, List<PeerKey> came) {
        Identity identity = World.identity(pod);
        PeerKey key = image.peerAt(pod.address(), new Who.Known(identity.hash()));
        if (image.classFor(key, identity).isPresent()) {
            OptionalInt number = numbering.number(key);
            stored.put(pod.address(), number.orElseThrow());
            came.add(key);
        }
    }

    private void check(long seed, Draw draw, Compiled tables, List<Rule> rules, int heard, Map<Cidr, Integer> stored) {
        World world = tables.world();
        for (Party.Pod pod : world.pods().subList(0, tables.local())) {
            for (Direction direction : Direction.values()) {
                for (Party other : RandomWorld.parties(world, direction)) {
                    Flow flow = RandomWorld.flow(draw, pod, direction, other);
                    Integer peer = stored.get(other.address());
                    boolean unheard = peer == null && world.pods().indexOf(other) >= heard;
                    Flow seen = unheard
                            ? new Flow(
                                    pod,
                                    direction,
                                    new Party.Unidentified(other.address()),
                                    flow.protocol(),
                                    flow.port())
                            : flow;
                    var said = peer == null || !(other instanceof Party.Pod)
                            ? tables.judge(seen)
                            : tables.judgeFrom(seen, peer);
                    compared++;
                    Judgement expected = Oracle.judge(rules, seen);
                    denied += expected.accepted() ? 0 : 1;
                    late += peer == null ? 0 : 1;
                    assertThat(said).as("-Dheddle.seed=%d: %s", seed, seen).containsOnly(expected);
                }
            }
        }
    }

    private static Predicate<Rule> isOf(Set<String> objects) {
        return rule -> objects.contains(rule.origin().object());
    }

    /** Rules that name ranges or nodes: other ones would take a whole compile. */
    private static Predicate<Rule> asksWhere() {
        return rule ->
                rule.peers().stream().anyMatch(peer -> peer instanceof Peer.Ranges || peer instanceof Peer.Nodes);
    }
}
