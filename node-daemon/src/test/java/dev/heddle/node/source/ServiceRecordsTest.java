package dev.heddle.node.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.desired.ServiceTable;
import dev.heddle.node.kernel.Address;
import io.fabric8.kubernetes.api.model.ClientIPConfig;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.SessionAffinityConfig;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken from Services and EndpointSlices. */
class ServiceRecordsTest {

    @ParameterizedTest
    @CsvSource({
        "10.96.0.5, 10.96.0.5",
        "fd00:96::5, fd00:96::5",
        "10.96.0.5 fd00:96::5, 10.96.0.5 fd00:96::5",
        "fd00:96::5 10.96.0.5, fd00:96::5 10.96.0.5",
        // Headless, and ExternalName, which has none.
        "None, ''",
        "'', ''",
        // One that nobody can read takes nothing from the other.
        "10.96.0.5 nonsense, 10.96.0.5",
    })
    void aServiceHasTheAddressesOfItsClusterIps(String clusterIps, String addresses) {
        assertThat(ServiceRecords.service(service(split(clusterIps))).addresses())
                .isEqualTo(split(addresses).stream().map(Address::parse).toList());
    }

    @Test
    void anOldServiceHasOnlyTheOneField() {
        Service service = service(List.of());
        service.getSpec().setClusterIP("10.96.0.5");

        assertThat(ServiceRecords.service(service).addresses()).containsExactly(Address.parse("10.96.0.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "ClusterIP, , Cluster, , 0, false, false",
        "ClusterIP, , Local, , 0, true, false",
        "NodePort, 30080, , , 30080, false, false",
        "NodePort, 30080, Cluster, Local, 30080, false, true",
        "LoadBalancer, 30080, , Local, 30080, false, true",
    })
    void aNodePortHasATrafficPolicyOfItsOwn(
            String type,
            @Nullable Integer nodePort,
            @Nullable String internal,
            @Nullable String external,
            int port,
            boolean internalLocal,
            boolean externalLocal) {
        Service service = service(List.of("10.96.0.5"));
        service.getSpec().setType(type);
        service.getSpec().setInternalTrafficPolicy(internal);
        service.getSpec().setExternalTrafficPolicy(external);
        service.getSpec().getPorts().getFirst().setNodePort(nodePort);

        assertThat(ServiceRecords.service(service))
                .isEqualTo(new ServiceTable.Service(
                        "2026-11-25T12:00:00Z",
                        List.of(Address.parse("10.96.0.5")),
                        List.of(new ServiceTable.Port("", 80, 6, port)),
                        0,
                        internalLocal,
                        externalLocal));
    }

    @ParameterizedTest
    @CsvSource({"None, , 0", "None, 60, 0", "ClientIP, , 10800", "ClientIP, 60, 60"})
    void sessionAffinityHasATimeout(String affinity, @Nullable Integer timeout, int seconds) {
        Service service = service(List.of("10.96.0.5"));
        service.getSpec().setSessionAffinity(affinity);
        if (timeout != null) {
            service.getSpec().setSessionAffinityConfig(new SessionAffinityConfig(new ClientIPConfig(timeout)));
        }

        assertThat(ServiceRecords.service(service).affinitySeconds()).isEqualTo(seconds);
    }

    @Test
    void aServiceOfAnotherProxyIsLeftToIt() {
        Service service = service(List.of("10.96.0.5"));
        service.getMetadata().setLabels(Map.of("service.kubernetes.io/service-proxy-name", "other"));

        assertThat(ServiceRecords.service(service).addresses()).isEmpty();
    }

    /** Conditions of discovery.k8s.io/v1: what is not said is ready, serves, and does not terminate. */
    @ParameterizedTest
    @CsvSource({
        ", , , true, false",
        "true, true, false, true, false",
        "false, false, false, false, false",
        "false, true, true, false, true",
        "false, false, true, false, false",
        "false, , true, false, true",
        "false, true, false, false, false",
        "false, true, , false, false",
        // publishNotReadyAddresses
        "true, false, true, true, false",
    })
    void anEndpointIsReadyOrEndingOrNeither(
            @Nullable Boolean ready,
            @Nullable Boolean serving,
            @Nullable Boolean terminating,
            boolean isReady,
            boolean isEnding) {
        EndpointSlice slice = slice("IPv4", "10.244.1.2");
        slice.getEndpoints().getFirst().setConditions(new EndpointConditions(ready, serving, terminating));
        slice.getEndpoints().getFirst().setNodeName("two");

        assertThat(ServiceRecords.slice(slice).endpoints())
                .containsExactly(new ServiceTable.Endpoint(Address.parse("10.244.1.2"), isReady, isEnding, "two"));
    }

    @ParameterizedTest
    @CsvSource({
        "IPv4, 10.244.1.2, 10.244.1.2",
        "IPv6, fd00:244:1::2, fd00:244:1::2",
        "FQDN, web.example.com, ''",
    })
    void aSliceHasEndpointsOfEitherFamily(String type, String address, String endpoints) {
        assertThat(ServiceRecords.slice(slice(type, address)).endpoints())
                .extracting(ServiceTable.Endpoint::address)
                .isEqualTo(split(endpoints).stream().map(Address::parse).toList());
    }

    private static Service service(List<String> clusterIps) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web")
                .withCreationTimestamp("2026-11-25T12:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withClusterIPs(clusterIps)
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    private static EndpointSlice slice(String type, String address) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-1")
                .addToLabels("kubernetes.io/service-name", "web")
                .endMetadata()
                .withAddressType(type)
                .addNewEndpoint()
                .withAddresses(address)
                .endEndpoint()
                .build();
    }

    private static List<String> split(String text) {
        return Stream.of(text.split(" ")).filter(part -> !part.isEmpty()).toList();
    }
}
