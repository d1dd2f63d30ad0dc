package dev.heddle.node.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.node.kernel.Address;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {

    @Test
    void aNodeClaimsAddressesOfBothFamiliesInsideItsRanges() {
        NodeEndpoints endpoints = new NodeEndpoints();
        endpoints.setMetadata(new ObjectMetaBuilder().withName("two").build());
        endpoints.setSpec(new NodeEndpointsSpec(List.of("10.244.2.0/24", "fd00:244:2::/64")));
        endpoints.setStatus(new NodeEndpointsStatus(List.of(
                "10.244.2.7 one u1",
                "fd00:244:2:0::7 one u1",
                "10.244.3.7 other-node u2",
                "fd00:244:3::7 other-node u2",
                "nonsense one u3")));

        assertThat(Records.claims(endpoints))
                .isEqualTo(Map.of(Address.parse("10.244.2.7"), "one", Address.parse("fd00:244:2::7"), "one"));
    }

    @ParameterizedTest
    @CsvSource({"10.244.1.7, 10.244.1.7", "fd00::7, fd00::7", "'', ''"})
    void aPodIsFoundByTheAddressThatItsStatusNamesFirst(String reported, String address) {
        var pod = new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withUid("u1")
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .withNewStatus()
                .withPodIP(reported.isEmpty() ? null : reported)
                .endStatus()
                .build();

        assertThat(Records.pod(pod).address()).isEqualTo(address);
    }
}
