package dev.heddle.policy.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.oracle.ApiOracle;
import dev.heddle.policy.oracle.Oracle;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.NetworkPolicyTranslator;
import dev.heddle.policy.translate.Translation;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Translated rules allow exactly what the policies allow when they are read by the API's prose. */
class TranslationAgreesWithApiTest {

    private static final int CLUSTERS = 2_000;
    private static final int SAMPLES = 4;
    private static final List<Protocol> PROTOCOLS = List.of(Protocol.values());
    private static final int[] PORTS = {1, 53, 80, 1023, 1024, 8080, 8082, 8083, 65_535};

    @Test
    void forEveryRandomCluster() {
        long seed = System.nanoTime();
        for (int i = 0; i < CLUSTERS; i++) {
            check(seed + i);
        }
    }

    private static void check(long seed) {
        Random random = new Random(seed);
        RandomCluster cluster = new RandomCluster(random);
        List<NetworkPolicy> policies = new RandomPolicies(random).in(cluster.names);
        List<Rule> rules = new ArrayList<>();
        for (NetworkPolicy policy : policies) {
            Translation translation = NetworkPolicyTranslator.translate(policy, Datapath.TODAY);
            assertThat(translation).as("seed %d: %s", seed, policy).isInstanceOf(Translation.Translated.class);
            rules.addAll(translation.rules());
        }
        for (Party.Pod pod : cluster.pods) {
            for (Party other : cluster.parties()) {
                compare(random, seed, policies, rules, pod, other);
            }
        }
    }

    private static void compare(
            Random random, long seed, List<NetworkPolicy> policies, List<Rule> rules, Party.Pod pod, Party other) {
        for (Direction direction : Direction.values()) {
            for (int sample = 0; sample < SAMPLES; sample++) {
                Protocol protocol = PROTOCOLS.get(random.nextInt(PROTOCOLS.size()));
                int port = PORTS[random.nextInt(PORTS.length)];
                boolean expected = ApiOracle.allowed(policies, pod, direction, other, protocol, port);
                boolean found = Oracle.judge(rules, pod, direction, other, protocol.number(), port)
                        .accepted();
                if (found != expected) {
                    assertThat(found)
                            .as("seed %d: %s of %s with %s %s/%d", seed, direction, pod, other, protocol, port)
                            .isEqualTo(expected);
                }
            }
        }
    }
}
