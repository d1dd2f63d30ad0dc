package dev.heddle.operator.scale;

import dev.heddle.crds.Api;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PublishedIdentity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one node's daemon watches, so that somebody can count what the API server sends to it. */
final class OneNodesWatches implements AutoCloseable {

    private final KubernetesClient client;
    private final List<Watch> watches;

    OneNodesWatches(String kubeConfig, String node, List<String> namespaces) {
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeConfig))
                .build();
        watches = List.of(
                watch(client.pods().inAnyNamespace().withField("spec.nodeName", node)),
                watch(client.namespaces()),
                watch(client.nodes()),
                watch(client.resources(NodeState.class).withField("metadata.name", node)),
                watch(client.resources(PolicyHead.class)
                        .withLabelIn(
                                Api.HEAD_LABEL,
                                Stream.concat(Stream.of(Api.CLUSTER_WIDE), namespaces.stream())
                                        .map(PolicyHead::nameOf)
                                        .toArray(String[]::new))),
                watch(client.resources(PublishedIdentity.class)),
                watch(client.resources(NodeEndpoints.class)));
    }

    private static <T> Watch watch(Watchable<T> kind) {
        return kind.watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                // only its bytes matter
            }

            @Override
            public void onClose(@Nullable WatcherException why) {}
        });
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
        client.close();
    }
}
