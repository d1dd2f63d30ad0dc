package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyHeadTest {

    private static final long SEED = Long.getLong("heddle.seed", System.nanoTime());
    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @Test
    void whatIsSmallTravelsInsideAndIsReadAgain() {
        for (long seed = SEED; seed < SEED + 100; seed++) {
            PolicySetContent content = new RandomRules(seed).content(1 + (int) (seed & 7), 10);
            PolicyHeadSpec received = overTheWire(PolicyHeadSpec.of(content, 9, List.of(4L, 9L)));

            assertThat(received.inside()).as("-Dheddle.seed=%d", seed).contains(content);
            assertThat(received.set()).isEqualTo(content.hash());
            assertThat(received.sinceNumbers()).containsExactly(4L, 9L);
        }
    }

    @Test
    void whatIsBigIsInPolicySetsOfTheSameHash() {
        PolicySetContent content = new RandomRules(SEED).content(400, 20);
        PolicyHeadSpec head = PolicyHeadSpec.of(content, 9, List.of());

        assertThat(head.inside()).isEmpty();
        assertThat(head.content()).isEmpty();
        assertThat(PolicySetContent.chunkNames(head.set(), head.chunks()))
                .isEqualTo(content.chunks(9).stream()
                        .map(chunk -> chunk.getMetadata().getName())
                        .toList());
        assertThat(PolicySetContent.reassemble(content.chunks(9)).hash()).isEqualTo(head.set());
    }

    @Test
    void anObjectIsAtMost64Kilobytes() {
        for (int sources = 1; sources < 60; sources++) {
            PolicyHeadSpec head = PolicyHeadSpec.of(new RandomRules(SEED).content(sources, 5), 1, List.of());
            assertThat(head.content().length()).isLessThanOrEqualTo(62 * 1024);
            assertThat(head.content().isEmpty()).isEqualTo(head.chunks() > 0);
        }
    }

    @Test
    void noPolicyIsSaidByAnEmptySet() {
        assertThat(overTheWire(PolicyHeadSpec.none("shop", 3)).inside())
                .contains(new PolicySetContent("shop", List.of(), List.of()));
    }

    @Test
    void contentThatIsNotWhatItsHashSaysIsRefused() {
        PolicySetContent content = new RandomRules(3).content(2, 5);
        String text = content.text();

        assertThatThrownBy(() -> PolicySetContent.parse(content.hash(), text.replace("shop", "shot")))
                .isInstanceOf(BrokenPolicySetException.class)
                .hasMessageContaining("its content has the hash");
        assertThatThrownBy(() -> PolicySetContent.parse(CanonicalJson.hash("[1]"), "[1]"))
                .isInstanceOf(BrokenPolicySetException.class);
        String lost = "{\"namespace\":\"shop\",\"rules\":[],\"sources\":7}";
        assertThatThrownBy(() -> PolicySetContent.parse(CanonicalJson.hash(lost), lost))
                .isInstanceOf(BrokenPolicySetException.class);
    }

    @Test
    void noNamespaceIsCalledAsTheClusterWideHead() {
        assertThat(PolicyHead.nameOf("shop")).isEqualTo("shop");
        assertThat(PolicyHead.nameOf(Api.CLUSTER_WIDE)).isEqualTo("cluster.heddle.dev");
    }

    /** A daemon without an operator makes the same of the same policies, in whatever order it lists them. */
    @Test
    void whoeverTranslatesPoliciesMakesTheSameContent() {
        TranslatedPolicy web = TranslatedPolicy.of(policy("web"));
        TranslatedPolicy db = TranslatedPolicy.of(policy("db"));

        assertThat(PolicySetContent.of("shop", List.of(web, db)).text())
                .isEqualTo(PolicySetContent.of("shop", List.of(db, TranslatedPolicy.of(policy("web"))))
                        .text());
    }

    @Test
    void aClusterPolicyThatCannotBeReadIsRejectedAndHasNoRules() {
        JsonNode nonsense = JSON.unmarshal("tier: 7\nsubject: []\n", JsonNode.class);
        TranslatedPolicy policy = TranslatedPolicy.ofCluster(policy("guard").getMetadata(), nonsense);

        assertThat(policy.rejected()).isTrue();
        assertThat(policy.translation().rules()).isEmpty();
    }

    private static NetworkPolicy policy(String name) {
        return JSON.unmarshal("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: NAME, uid: u-NAME, generation: 2}
                spec: {podSelector: {matchLabels: {app: NAME}}, policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}]}
                """.replace("NAME", name), NetworkPolicy.class);
    }

    private static PolicyHeadSpec overTheWire(PolicyHeadSpec spec) {
        return JSON.unmarshal(JSON.asJson(new PolicyHead(spec, List.of())), PolicyHead.class)
                .getSpec();
    }
}
