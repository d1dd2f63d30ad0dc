package dev.heddle.policy.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.oracle.ApiOracle;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Translated rules allow exactly what the policies of both APIs allow when they are read by their prose. */
class TranslationAgreesWithApiTest {

    private static final int CLUSTERS = 500;
    private static final int SAMPLES = 3;

    private long compared;
    private long denied;

    @Test
    void forEveryRandomCluster() {
        for (long seed = Draw.SEED; seed < Draw.SEED + CLUSTERS; seed++) {
            check(seed);
        }
        System.out.printf("objects and rules: %d flows agree, %d denied; seed %d%n", compared, denied, Draw.SEED);
        // The generator must not drift to where everything is open, or nothing is.
        assertThat(denied).isBetween(compared / 10, compared * 9 / 10);
    }

    private void check(long seed) {
        Draw draw = new Draw(seed);
        World world = RandomWorld.of(draw);
        RandomObjects objects = RandomObjects.of(draw, world);
        List<Rule> rules = objects.rules();
        ApiOracle prose = objects.prose();
        for (Party.Pod pod : world.pods()) {
            for (Direction direction : Direction.values()) {
                for (Party other : RandomWorld.parties(world, direction)) {
                    for (int sample = 0; sample < SAMPLES && !(other instanceof Party.Unidentified); sample++) {
                        Flow flow = RandomWorld.flow(draw, pod, direction, other);
                        boolean allowed = prose.allowed(flow);
                        compared++;
                        denied += allowed ? 0 : 1;
                        if (Oracle.judge(rules, flow).accepted() != allowed) {
                            fail(seed, objects, flow);
                        }
                    }
                }
            }
        }
    }

    private static void fail(long seed, RandomObjects objects, Flow flow) {
        RandomObjects smallest = objects.smallest(fewer ->
                Oracle.judge(fewer.rules(), flow).accepted() != fewer.prose().allowed(flow));
        throw new AssertionError("-Dheddle.seed=%d: %s is allowed by the %s alone, under%n%s"
                .formatted(seed, flow, smallest.prose().allowed(flow) ? "prose" : "rules", smallest));
    }
}
