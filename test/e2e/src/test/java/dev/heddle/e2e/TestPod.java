package dev.heddle.e2e;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.List;
import java.util.Map;

/**
 * A running pod that serves TCP on 8080 and UDP on 8081 and makes connections on request.
 *
 * @param addresses one of each family that the cluster has, its first family first
 */
record TestPod(String namespace, String name, String node, List<String> addresses) {

    /** Upstream's agnhost, and {@code attempt}: {@code test/e2e/cluster/images.sh} makes it. */
    static final String IMAGE = "heddle.dev/test-pod:local";

    /** A pod that serves until it is deleted. It is ready when it does, as the kubelet finds. */
    static Pod serving(String namespace, String name, String node, Map<String, String> labels) {
        Pod pod = running(
                namespace,
                name,
                node,
                labels,
                "netexec",
                "--http-port=" + Protocol.TCP.port,
                "--udp-port=" + Protocol.UDP.port);
        pod.getSpec().getContainers().getFirst().setReadinessProbe(answers(Protocol.TCP.port));
        return pod;
    }

    private static Probe answers(int port) {
        return new ProbeBuilder()
                .withNewTcpSocket()
                .withPort(new IntOrString(port))
                .endTcpSocket()
                .withPeriodSeconds(1)
                .build();
    }

    /** A pod that runs one command of the test image, once. */
    static Pod running(String namespace, String name, String node, Map<String, String> labels, String... arguments) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(0L)
                .addNewContainer()
                .withName("agnhost")
                .withImage(IMAGE)
                .withImagePullPolicy("IfNotPresent")
                .withArgs(arguments)
                .endContainer()
                .endSpec()
                .build();
    }

    /** The same pod, which serves these ports too, by another container. */
    static Pod alsoServing(Pod pod, int tcp, int udp) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewContainer()
                .withName("more")
                .withImage(IMAGE)
                .withImagePullPolicy("IfNotPresent")
                .withArgs("netexec", "--http-port=" + tcp, "--udp-port=" + udp)
                .withReadinessProbe(answers(tcp))
                .endContainer()
                .endSpec()
                .build();
    }

    /** The same pod, which calls the port that it serves by a protocol so. */
    static Pod naming(Pod pod, String port, Protocol protocol) {
        return naming(pod, port, protocol, protocol.port);
    }

    /** The same pod, which gives one of its ports a name. */
    static Pod naming(Pod pod, String port, Protocol protocol, int number) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .addNewPort()
                .withName(port)
                .withProtocol(protocol.name())
                .withContainerPort(number)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    /** The same pod in its node's own network. */
    static Pod onHost(Pod pod) {
        return new PodBuilder(pod).editSpec().withHostNetwork(true).endSpec().build();
    }

    /** The same pod, whose processes may write packets themselves. */
    static Pod withRawSockets(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .editFirstContainer()
                .withNewSecurityContext()
                .withNewCapabilities()
                .addToAdd("NET_RAW")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    static TestPod of(Pod pod) {
        return new TestPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getSpec().getNodeName(),
                pod.getStatus().getPodIPs().stream().map(PodIP::getIp).toList());
    }

    /** Its address of the cluster's first family. */
    String address() {
        return addresses.getFirst();
    }

    /** The ranges of its addresses alone. */
    List<String> ranges() {
        return addresses.stream().map(Family::range).toList();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
