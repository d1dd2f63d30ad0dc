package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordsTest {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @Test
    void aPublishedIdentityIsBelievedOnlyUnderItsHash() {
        Identity identity =
                Identity.of("shop", Map.of("app", "web"), List.of(new NamedPort("http", Protocol.TCP, 8080)));
        PublishedIdentity published =
                JSON.unmarshal(JSON.asJson(new PublishedIdentity(identity)), PublishedIdentity.class);
        assertThat(published.verified()).contains(identity);

        published.getMetadata().setName("0".repeat(64));
        assertThat(published.verified()).isEmpty();
    }

    @Test
    void anEmptyHeddleIsAWholeInstallation() {
        Heddle heddle = JSON.unmarshal(
                "apiVersion: heddle.dev/v1alpha1\nkind: Heddle\nmetadata: {name: heddle}\nspec: {}\n", Heddle.class);

        assertThat(heddle.getSpec()).isEqualTo(HeddleSpec.DEFAULTS);
    }

    @Test
    void whatANewerVersionAddedIsSkipped() {
        PolicyHeadSpec spec =
                JSON.unmarshal("namespace: a\nsequence: 7\nset: ''\nchunks: 0\nlater: 1\n", PolicyHeadSpec.class);

        assertThat(spec).isEqualTo(PolicyHeadSpec.none("a", 7));
    }

    @Test
    void whatIsAbsentIsNotWritten() {
        assertThat(JSON.asJson(new PolicySetSpec("shop", new Chunk(0, 1), List.of(), List.of())))
                .doesNotContain("null");
        assertThat(JSON.asJson(PeerSpec.anyone(true))).isEqualTo("{\"anyone\":true}");
    }

    @Test
    void aNodeSaysOfEachNamespaceWhichSequenceItRuns() {
        NodeStateStatus status = JSON.unmarshal("live: ['=3', 'shop=12', 'shop-2=7']\n", NodeStateStatus.class);

        assertThat(status.sequenceOf("shop")).isEqualTo(12);
        assertThat(status.sequenceOf(Api.CLUSTER_WIDE)).isEqualTo(3);
        assertThat(status.sequenceOf("other")).isZero();
        assertThat(LiveHead.parse("shop=12")).contains(new LiveHead("shop", 12));
        assertThat(new LiveHead("shop", 12)).hasToString("shop=12");
        assertThat(LiveHead.parse("shop=x"))
                .as("whoever wrote that said nothing")
                .isEmpty();
    }

    @Test
    void claimsAreOneLineEach() {
        EndpointClaim claim = new EndpointClaim("10.244.1.5", "ab".repeat(32), "uid-1");

        assertThat(NodeEndpointsStatus.of(List.of(claim)).claims()).containsExactly(claim);
    }
}
