package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.rule.Rule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicySetContentTest {

    private static final long SEED = Long.getLong("heddle.seed", System.nanoTime());
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @Test
    void whatIsCutAndSentIsPutTogetherAgain() {
        for (long seed = SEED; seed < SEED + 200; seed++) {
            PolicySetContent content = new RandomRules(seed).content(1 + (int) (seed & 7), 40);
            List<PolicySet> received = overTheWire(content.chunks(7));
            Collections.shuffle(received, new Random(seed));

            assertThat(PolicySetContent.reassemble(received))
                    .as("-Dheddle.seed=%d", seed)
                    .isEqualTo(content);
        }
    }

    @Test
    void theHashDependsOnContentOnlyAndNotOnTheOrderOfSources() {
        PolicySetContent content = new RandomRules(SEED).content(5, 10);
        PolicySetContent shuffled =
                new PolicySetContent("shop", content.sources().reversed(), bySourceReversed(content));

        assertThat(shuffled.hash()).as("-Dheddle.seed=%d", SEED).isEqualTo(content.hash());
        assertThat(new RandomRules(SEED + 1).content(5, 10).hash()).isNotEqualTo(content.hash());
    }

    @Test
    void aBigSetIsCutIntoChunksOfAtMost64Kilobytes() {
        PolicySetContent content = new RandomRules(SEED).content(400, 20);
        List<PolicySet> chunks = content.chunks(1);

        assertThat(chunks).hasSizeGreaterThan(5);
        assertThat(chunks)
                .extracting(chunk -> JSON.asJson(chunk).length())
                .as("-Dheddle.seed=%d", SEED)
                .allMatch(bytes -> bytes <= 64 * 1024);
        assertThat(chunks)
                .extracting(chunk -> chunk.getMetadata().getName())
                .isEqualTo(PolicySetContent.chunkNames(content.hash(), chunks.size()));
        assertThat(PolicySetContent.reassemble(overTheWire(chunks))).isEqualTo(content);
    }

    @Test
    void aMissingChunkIsNamed() {
        List<PolicySet> chunks =
                new ArrayList<>(new RandomRules(SEED).content(400, 20).chunks(1));
        chunks.remove(1);

        assertThatThrownBy(() -> PolicySetContent.reassemble(chunks))
                .isInstanceOf(BrokenPolicySetException.class)
                .hasMessageContaining("chunks, found those with index {0, 2");
    }

    @Test
    void contentThatIsNotWhatItsNameSaysIsRefused() {
        PolicySet honest = new RandomRules(3).content(2, 5).chunks(1).getFirst();
        PolicySet forged = new RandomRules(4).content(2, 5).chunks(1).getFirst();
        forged.getMetadata().setName(honest.getMetadata().getName());

        assertThatThrownBy(() -> PolicySetContent.reassemble(List.of(forged)))
                .isInstanceOf(BrokenPolicySetException.class)
                .hasMessageContaining("not its name's");
    }

    @Test
    void aNamespaceWhoseLastPolicyWentIsAnEmptySet() {
        PolicySetContent empty = new PolicySetContent("shop", List.of(), List.of());

        assertThat(empty.chunks(1)).hasSize(1);
        assertThat(PolicySetContent.reassemble(empty.chunks(1))).isEqualTo(empty);
    }

    @Test
    void aRuleOfAnObjectThatIsNotListedIsRefused() {
        PolicySetContent content = new RandomRules(3).content(2, 5);

        assertThatThrownBy(() -> new PolicySetContent("shop", List.of(), content.rules()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not list it");
    }

    private static List<Rule> bySourceReversed(PolicySetContent content) {
        List<Rule> rules = new ArrayList<>();
        for (PolicySource source : content.sources().reversed()) {
            content.rules().stream()
                    .filter(rule -> rule.origin().name().equals(source.name()))
                    .forEach(rules::add);
        }
        return rules;
    }

    private static List<PolicySet> overTheWire(List<PolicySet> chunks) {
        return new ArrayList<>(chunks.stream()
                .map(chunk -> JSON.unmarshal(JSON.asJson(chunk), PolicySet.class))
                .toList());
    }
}
