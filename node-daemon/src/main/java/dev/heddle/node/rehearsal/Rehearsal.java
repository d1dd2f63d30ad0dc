package dev.heddle.node.rehearsal;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PublishedIdentity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays one start of the daemon against a stage instead of a cluster, then ends. */
public final class Rehearsal {
    private static final List<Class<? extends HasMetadata>> WATCHED = List.of(
            Pod.class,
            Namespace.class,
            Node.class,
            Service.class,
            EndpointSlice.class,
            NodeState.class,
            NodeEndpoints.class,
            PublishedIdentity.class,
            PolicySet.class);

    private Rehearsal() {}

    /**
     * Starts and ends one rehearsal; fails when anything does.
     *
     * @param args the key store (PKCS12) of the stage's certificate, and its password
     */
    public static void main(String... args) throws Exception {
        Certificates certificates = Certificates.read(Path.of(args[0]), args[1]);
        try (StageServer stage = StageServer.open(certificates.context(), Props.byPath());
                KubernetesClient client = client(stage, certificates)) {
            watch(client);
            write(client);
            CniRehearsal.run();
        }
    }

    private static KubernetesClient client(StageServer stage, Certificates certificates) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + stage.port())
                .withCaCertData(certificates.caData())
                .withOauthToken("rehearsal")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Each kind is listed with one object and told of one more by its watch. */
    private static void watch(KubernetesClient client) throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(2 * WATCHED.size());
        List<SharedIndexInformer<?>> informers = new ArrayList<>();
        for (Class<? extends HasMetadata> kind : WATCHED) {
            informers.add(inform(client, kind, seen));
        }
        if (!seen.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the rehearsal's watches saw too little: " + seen.getCount() + " missing");
        }
        informers.forEach(SharedIndexInformer::stop);
    }

    private static <T extends HasMetadata> SharedIndexInformer<T> inform(
            KubernetesClient client, Class<T> kind, CountDownLatch seen) {
        return client.resources(kind).inform(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T added) {
                seen.countDown();
            }

            @Override
            public void onUpdate(T before, T after) {}

            @Override
            public void onDelete(T deleted, boolean finalStateUnknown) {}
        });
    }

    private static void write(KubernetesClient client) {
        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("heddle-node")
                .withForce(true)
                .build();
        client.resource(Props.nodeState("node1")).subresource("status").patch(apply);
        client.resource(Props.nodeEndpoints("node1")).subresource("status").patch(apply);
        client.resource(Props.identity("one")).patch(apply);
        client.resources(NodeState.class).withName("node1").get();
    }
}
