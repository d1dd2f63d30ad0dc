package dev.heddle.node.source;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.node.desired.OwnPod;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.log.About;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API objects as the records that the daemon keeps: only the fields it needs. */
final class Records {

    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
    private static final Set<String> IP_ADDRESSES = Set.of("InternalIP", "ExternalIP");

    private Records() {}

    static OwnPod pod(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return new OwnPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                labels(pod.getMetadata().getLabels()),
                ports(pod),
                address(pod),
                Boolean.TRUE.equals(pod.getSpec().getHostNetwork()),
                FINISHED.contains(phase));
    }

    /** A pod without what nobody reads here, such as its environment. */
    static Pod reduced(Pod pod) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .withLabels(pod.getMetadata().getLabels())
                .endMetadata()
                .withNewSpec()
                .withNodeName(pod.getSpec().getNodeName())
                .withHostNetwork(pod.getSpec().getHostNetwork())
                .withContainers(reduced(pod.getSpec().getContainers()))
                .withInitContainers(reduced(pod.getSpec().getInitContainers()))
                .endSpec()
                .withStatus(
                        pod.getStatus() == null
                                ? null
                                : new PodStatusBuilder()
                                        .withPhase(pod.getStatus().getPhase())
                                        .withPodIP(pod.getStatus().getPodIP())
                                        .withPodIPs(pod.getStatus().getPodIPs())
                                        .build())
                .build();
    }

    /** A node's labels and addresses. */
    static Node reduced(Node node) {
        return new NodeBuilder()
                .withMetadata(reduced(node.getMetadata()))
                .withNewStatus()
                .withAddresses(
                        node.getStatus() == null ? List.of() : node.getStatus().getAddresses())
                .endStatus()
                .build();
    }

    static PublishedIdentity reduced(PublishedIdentity identity) {
        PublishedIdentity reduced = new PublishedIdentity();
        reduced.setMetadata(reduced(identity.getMetadata()));
        reduced.setSpec(identity.getSpec());
        return reduced;
    }

    static NodeEndpoints reduced(NodeEndpoints endpoints) {
        NodeEndpoints reduced = new NodeEndpoints();
        reduced.setMetadata(reduced(endpoints.getMetadata()));
        reduced.setSpec(endpoints.getSpec());
        reduced.setStatus(endpoints.getStatus());
        return reduced;
    }

    /** Which object it is, in which version. */
    private static ObjectMeta reduced(ObjectMeta metadata) {
        return new ObjectMetaBuilder()
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withLabels(metadata.getLabels())
                .build();
    }

    private static List<Container> reduced(List<Container> containers) {
        return containers.stream()
                .map(container -> new ContainerBuilder()
                        .withName(container.getName())
                        .withPorts(container.getPorts())
                        .withRestartPolicy(container.getRestartPolicy())
                        .build())
                .toList();
    }

    static Map<String, String> labels(@org.jspecify.annotations.Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }

    /** The IP addresses in a node's status; names are left out. */
    static List<Cidr> addresses(Node node) {
        List<Cidr> addresses = new ArrayList<>();
        if (node.getStatus() != null) {
            for (NodeAddress address : node.getStatus().getAddresses()) {
                if (IP_ADDRESSES.contains(address.getType())) {
                    try {
                        addresses.add(Cidr.host(address.getAddress()));
                    } catch (IllegalArgumentException e) {
                        try (About _ =
                                About.object("Node", "", node.getMetadata().getName())) {
                            LOG.warn("Node {}: {}", node.getMetadata().getName(), e.getMessage());
                        }
                    }
                }
            }
        }
        return addresses;
    }

    static List<Cidr> ranges(NodeEndpoints endpoints) {
        List<Cidr> ranges = new ArrayList<>();
        if (endpoints.getSpec() != null) {
            for (String text : endpoints.getSpec().allowedCIDRs()) {
                try {
                    ranges.add(Cidr.parse(text));
                } catch (IllegalArgumentException e) {
                    try (About _ = About.object(
                            "NodeEndpoints", "", endpoints.getMetadata().getName())) {
                        LOG.warn("NodeEndpoints {}: {}", endpoints.getMetadata().getName(), e.getMessage());
                    }
                }
            }
        }
        return ranges;
    }

    /** What a node claims; an entry that is no claim, or outside the node's ranges, is left out: it stays pending. */
    static Map<Address, String> claims(NodeEndpoints endpoints) {
        Map<Address, String> claims = new HashMap<>();
        if (endpoints.getStatus() == null) {
            return claims;
        }
        List<Cidr> ranges = ranges(endpoints);
        for (String text : endpoints.getStatus().endpoints()) {
            try {
                EndpointClaim claim = EndpointClaim.parse(text);
                Address address = Address.parse(claim.address());
                if (ranges.stream().anyMatch(range -> range.contains(address.cidr()))) {
                    claims.put(address, claim.identity().intern()); // one for many addresses
                }
            } catch (IllegalArgumentException e) {
                try (About _ = About.object(
                        "NodeEndpoints", "", endpoints.getMetadata().getName())) {
                    LOG.warn("NodeEndpoints {}: {}", endpoints.getMetadata().getName(), e.getMessage());
                }
            }
        }
        return claims;
    }

    private static List<NamedPort> ports(Pod pod) {
        List<NamedPort> ports = new ArrayList<>();
        pod.getSpec().getContainers().forEach(container -> add(container, ports));
        pod.getSpec().getInitContainers().stream()
                .filter(Records::isSidecar)
                .forEach(container -> add(container, ports));
        return ports.stream().distinct().sorted().toList();
    }

    /** It runs as long as the pod, so its ports are the pod's (core/v1, restartPolicy of init containers). */
    private static boolean isSidecar(Container container) {
        return "Always".equals(container.getRestartPolicy());
    }

    private static void add(Container container, List<NamedPort> ports) {
        for (ContainerPort port : container.getPorts()) {
            if (port.getName() != null && port.getContainerPort() != null) {
                String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
                ports.add(new NamedPort(port.getName(), Protocol.valueOf(protocol), port.getContainerPort()));
            }
        }
    }

    private static String address(Pod pod) {
        if (pod.getStatus() == null) {
            return "";
        }
        List<String> addresses = new ArrayList<>();
        if (pod.getStatus().getPodIP() != null) {
            addresses.add(pod.getStatus().getPodIP());
        }
        if (pod.getStatus().getPodIPs() != null) {
            pod.getStatus().getPodIPs().stream().map(PodIP::getIp).forEach(addresses::add);
        }
        return addresses.isEmpty() ? "" : addresses.getFirst();
    }
}
