package dev.heddle.e2e;

import static java.util.stream.Collectors.toMap;

import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.oracle.ApiOracle;
import dev.heddle.policy.oracle.Flow;
import dev.heddle.policy.oracle.Party;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Protocol;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How connections must end: by the oracle that reads the policies' prose, over what the API server says is there. */
final class Expectation {

    private final Map<String, Map<String, String>> namespaces;
    private final Map<String, Pod> pods;
    private final List<Node> nodes;
    private final ApiOracle oracle;

    /** @param policies of both APIs, all that there are */
    Expectation(KubernetesClient client, List<? extends HasMetadata> policies) {
        namespaces = client.namespaces().list().getItems().stream()
                .collect(toMap(
                        namespace -> namespace.getMetadata().getName(),
                        (Namespace namespace) -> namespace.getMetadata().getLabels()));
        pods = client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> !Boolean.TRUE.equals(pod.getSpec().getHostNetwork()))
                .flatMap(pod -> pod.getStatus().getPodIPs().stream().map(at -> Map.entry(at.getIp(), pod)))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> other));
        nodes = client.nodes().list().getItems();
        oracle = new ApiOracle(of(policies, NetworkPolicy.class).toList(), specs(policies));
    }

    /** A pod that sends to another one or to a node. */
    Outcome of(Attempt attempt) {
        String own = attempt.from().addresses().stream()
                .filter(address -> Family.of(address) == Family.of(attempt.address()))
                .findFirst()
                .orElseThrow();
        Party.Pod source = pod(own);
        boolean allowed = pods.containsKey(attempt.address())
                ? between(source, pod(attempt.address()), attempt)
                : leaves(source, node(attempt), attempt);
        return allowed ? Outcome.ANSWERED : Outcome.TIMED_OUT;
    }

    private boolean between(Party.Pod source, Party.Pod destination, Attempt attempt) {
        return source.equals(destination) // a pod reaches itself, whatever the policies say
                || (leaves(source, destination, attempt)
                        && oracle.allowed(
                                new Flow(destination, Direction.INGRESS, source, number(attempt), attempt.port())));
    }

    private boolean leaves(Party.Pod source, Party destination, Attempt attempt) {
        return oracle.allowed(new Flow(source, Direction.EGRESS, destination, number(attempt), attempt.port()));
    }

    private static int number(Attempt attempt) {
        return Protocol.valueOf(attempt.protocol().name()).number();
    }

    private Party.Pod pod(String address) {
        Pod pod = Objects.requireNonNull(pods.get(address));
        List<NamedPort> ports = pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> port.getName() != null)
                .map(port ->
                        new NamedPort(port.getName(), Protocol.valueOf(port.getProtocol()), port.getContainerPort()))
                .toList();
        String namespace = pod.getMetadata().getNamespace();
        return new Party.Pod(
                namespace,
                namespaces.getOrDefault(namespace, Map.of()),
                pod.getMetadata().getLabels(),
                ports,
                Cidr.host(address));
    }

    private Party node(Attempt attempt) {
        Node node = nodes.stream()
                .filter(each -> each.getStatus().getAddresses().stream()
                        .anyMatch(address -> address.getAddress().equals(attempt.address())))
                .findFirst()
                .orElseThrow();
        return new Party.Node(
                node.getMetadata().getLabels(),
                Cidr.host(attempt.address()),
                node.getMetadata().getName().equals(attempt.from().node()));
    }

    private static Map<String, ClusterNetworkPolicySpec> specs(List<? extends HasMetadata> policies) {
        return of(policies, ClusterNetworkPolicy.class)
                .collect(toMap(policy -> policy.getMetadata().getName(), ClusterNetworkPolicy::getSpec));
    }

    private static <T> Stream<T> of(List<? extends HasMetadata> policies, Class<T> kind) {
        return policies.stream().filter(kind::isInstance).map(kind::cast);
    }
}
