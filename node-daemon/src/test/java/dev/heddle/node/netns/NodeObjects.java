package dev.heddle.node.netns;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateSpec.NamespaceSet;
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
    }

    /** This policy is the namespace's, and there is none for the cluster. */
    void policy(String... sentences) {
        List<Rule> rules = Sentence.rules(sentences);
        List<PolicySource> sources = rules.stream()
                .map(Rule::origin)
                .map(origin -> new PolicySource(origin.kind(), origin.name(), "u-" + origin.name(), 1))
                .distinct()
                .toList();
        PolicySetContent content = new PolicySetContent(NAMESPACE, sources, rules);
        content.chunks(++sequence).forEach(this::create);
        NodeState state = named(new NodeState(), NODE);
        state.setSpec(new NodeStateSpec(
                List.of(new NamespaceSet("", "", 0), new NamespaceSet(NAMESPACE, content.hash(), 1))));
        client.resource(state).createOr(there -> there.update());
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
