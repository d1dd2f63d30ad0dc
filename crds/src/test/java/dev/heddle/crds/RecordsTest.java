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
        NodeStateSpec spec =
                JSON.unmarshal("sets: [{namespace: a, set: '', chunks: 0, later: 1}]\nlater: 2\n", NodeStateSpec.class);

        assertThat(spec.sets()).containsExactly(new NodeStateSpec.NamespaceSet("a", "", 0));
    }

    @Test
    void whatIsAbsentIsNotWritten() {
        assertThat(JSON.asJson(new PolicySetSpec("shop", new Chunk(0, 1), List.of(), List.of())))
                .doesNotContain("null");
        assertThat(JSON.asJson(PeerSpec.of(PeerSpec.Type.ANYONE))).isEqualTo("{\"type\":\"ANYONE\"}");
    }

    @Test
    void claimsAreOneLineEach() {
        EndpointClaim claim = new EndpointClaim("10.244.1.5", "ab".repeat(32), "uid-1");

        assertThat(NodeEndpointsStatus.of(List.of(claim)).claims()).containsExactly(claim);
    }
}
