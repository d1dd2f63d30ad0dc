package dev.heddle.node.source;

import dev.heddle.node.desired.ServiceTable;
import dev.heddle.node.kernel.Address;
import io.fabric8.kubernetes.api.model.ClientIPConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.SessionAffinityConfig;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Services and endpoint slices as the records that the daemon keeps. */
final class ServiceRecords {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRecords.class);
    /** What {@code addressType} may be; {@code FQDN} is nobody's backend. */
    private static final Set<String> FAMILIES = Set.of("IPv4", "IPv6");

    private static final String PROXY_LABEL = "service.kubernetes.io/service-proxy-name";
    private static final int DEFAULT_AFFINITY_SECONDS = 10_800;
    private static final String LOCAL = "Local";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final Map<String, Integer> PROTOCOLS = Map.of("TCP", 6, "UDP", 17, "SCTP", 132);

    private ServiceRecords() {}

    static String name(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    /** Headless services and those by an external name have no addresses. */
    static ServiceTable.Service service(Service service) {
        List<Address> addresses = isAnothers(service) ? List.of() : addresses(service);
        List<ServiceTable.Port> ports = new ArrayList<>();
        for (ServicePort port : service.getSpec().getPorts()) {
            Integer protocol = PROTOCOLS.get(port.getProtocol() == null ? "TCP" : port.getProtocol());
            if (protocol != null) {
                int nodePort = port.getNodePort() == null ? 0 : port.getNodePort();
                ports.add(new ServiceTable.Port(text(port.getName()), port.getPort(), protocol, nodePort));
            }
        }
        return new ServiceTable.Service(
                text(service.getMetadata().getCreationTimestamp()),
                addresses,
                ports,
                affinitySeconds(service.getSpec()),
                LOCAL.equals(service.getSpec().getInternalTrafficPolicy()),
                LOCAL.equals(service.getSpec().getExternalTrafficPolicy()));
    }

    /** Another proxy of this name translates it (the label is kube-proxy's). */
    private static boolean isAnothers(Service service) {
        return Records.labels(service.getMetadata().getLabels()).containsKey(PROXY_LABEL);
    }

    private static List<Address> addresses(Service service) {
        List<Address> addresses = new ArrayList<>();
        List<String> texts = service.getSpec().getClusterIPs();
        String single = service.getSpec().getClusterIP();
        for (String text :
                texts == null || texts.isEmpty() ? single == null ? List.<String>of() : List.of(single) : texts) {
            if (!text.isEmpty() && !text.equals("None")) {
                parse(text, name(service)).ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    private static int affinitySeconds(ServiceSpec spec) {
        if (!"ClientIP".equals(spec.getSessionAffinity())) {
            return 0;
        }
        SessionAffinityConfig config = spec.getSessionAffinityConfig();
        ClientIPConfig client = config == null ? null : config.getClientIP();
        Integer seconds = client == null ? null : client.getTimeoutSeconds();
        return seconds == null ? DEFAULT_AFFINITY_SECONDS : seconds;
    }

    static ServiceTable.Slice slice(EndpointSlice slice) {
        Map<String, Integer> ports = new HashMap<>();
        if (slice.getPorts() != null) {
            for (EndpointPort port : slice.getPorts()) {
                Integer protocol = PROTOCOLS.get(port.getProtocol() == null ? "TCP" : port.getProtocol());
                if (protocol != null && port.getPort() != null) {
                    ports.put(ServiceTable.portKey(text(port.getName()), protocol), port.getPort());
                }
            }
        }
        List<ServiceTable.Endpoint> endpoints = new ArrayList<>();
        if (FAMILIES.contains(slice.getAddressType())) {
            slice.getEndpoints().forEach(endpoint -> add(endpoint, name(slice), endpoints));
        }
        String service = Records.labels(slice.getMetadata().getLabels()).getOrDefault(SERVICE_LABEL, "");
        return new ServiceTable.Slice(slice.getMetadata().getNamespace() + "/" + service, ports, endpoints);
    }

    private static void add(Endpoint endpoint, String slice, List<ServiceTable.Endpoint> into) {
        EndpointConditions conditions = endpoint.getConditions();
        boolean ready = conditions == null || !Boolean.FALSE.equals(conditions.getReady());
        boolean ending = conditions != null
                && Boolean.TRUE.equals(conditions.getTerminating())
                && !Boolean.FALSE.equals(conditions.getServing());
        for (String address : endpoint.getAddresses()) {
            parse(address, slice)
                    .ifPresent(parsed ->
                            into.add(new ServiceTable.Endpoint(parsed, ready, ending, text(endpoint.getNodeName()))));
        }
    }

    private static Optional<Address> parse(String address, String object) {
        try {
            return Optional.of(Address.parse(address));
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: {}", object, e.getMessage());
            return Optional.empty();
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
