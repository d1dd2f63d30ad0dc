package dev.heddle.node.netns;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import dev.heddle.node.packetlife.Sentence;
import dev.heddle.node.source.HeddleKinds;
import dev.heddle.policy.rule.Rule;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;

/** At a real API server, what Kubernetes and the operator would have written for node "one" and namespace "shop". */
final class NodeObjects implements AutoCloseable {

    static final String NODE = "one";
    static final String NAMESPACE = "shop";

    private final KubernetesClient client;
    private long sequence;

    NodeObjects(String kubeConfig) throws IOException {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeConfig))
                .build();
        HeddleKinds.define(client);
        create(new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .endMetadata()
                .build());
        create(new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("default")
                .endMetadata()
                .build());
        NodeEndpoints endpoints = named(new NodeEndpoints(), NODE);
        endpoints.setSpec(new NodeEndpointsSpec(List.of("10.199.77.0/24", "fd00:199:77::/64")));
        create(endpoints);
        NodeState state = named(new NodeState(), NODE);
        state.setSpec(new NodeStateSpec(NodeStateSpec.Mode.Enforce));
        create(state);
    }

    /** The operator says that this policy is the namespace's, and that there is none for the cluster. */
    void policy(String... sentences) {
        List<Rule> rules = Sentence.rules(sentences);
        List<PolicySource> sources = rules.stream()
                .map(Rule::origin)
                .map(origin -> new PolicySource(origin.kind(), origin.name(), "u-" + origin.name(), 1))
                .distinct()
                .toList();
        head(PolicyHeadSpec.none("", ++sequence));
        head(PolicyHeadSpec.of(new PolicySetContent(NAMESPACE, sources, rules), ++sequence, List.of()));
    }

    private void head(PolicyHeadSpec spec) {
        client.resource(new PolicyHead(spec, List.of())).createOr(there -> there.update());
    }

    /** There is no operator, and never was one. */
    void noHeads() {
        client.resources(PolicyHead.class).delete();
    }

    /** What a user writes, which nobody but the daemon reads: pods named so accept this port from this pod, and send nothing else. */
    void written(String name, String from, int port) {
        create(new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels("app", name)
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .addToMatchLabels("app", from)
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withProtocol("UDP")
                .withNewPort(port)
                .endPort()
                .endIngress()
                .addNewEgress()
                .addNewTo()
                .withNewPodSelector()
                .addToMatchLabels("app", from)
                .endPodSelector()
                .endTo()
                .addNewPort()
                .withProtocol("UDP")
                .withNewPort(port)
                .endPort()
                .endEgress()
                .endSpec()
                .build());
    }

    void nothingWritten() {
        client.network().v1().networkPolicies().inNamespace(NAMESPACE).delete();
    }

    /** A pod of this node with the label {@code app}. */
    void pod(TwoPods.Pod pod) {
        create(new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(pod.name())
                .addToLabels("app", pod.name())
                .endMetadata()
                .withNewSpec()
                .withNodeName(NODE)
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build());
    }

    void noPods() {
        client.pods().inNamespace(NAMESPACE).withGracePeriod(0).delete();
    }

    private void create(HasMetadata object) {
        try {
            client.resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private static <T extends HasMetadata> T named(T object, String name) {
        object.setMetadata(new ObjectMetaBuilder().withName(name).build());
        return object;
    }

    @Override
    public void close() {
        client.close();
    }
}
