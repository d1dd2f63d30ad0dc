package dev.heddle.node.source;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.node.desired.World;
import dev.heddle.node.log.About;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches of the API server. Each event becomes a change of the world on the loop's thread. When all lists were
 * read, their content is submitted once more, whole, and then the world is said to be in sync: handlers may be told
 * late of what a list held.
 */
public final class Watches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final String node;
    private final Consumer<Consumer<World>> loop;
    private final List<Watched<?>> watched = new ArrayList<>();
    private Runnable change = () -> {};
    private volatile @Nullable HeadWatch heads;

    private record Watched<T extends HasMetadata>(
            Class<T> kind, SharedIndexInformer<T> informer, BiConsumer<World, T> seen) {
        void replay(Consumer<Consumer<World>> loop) {
            // Read in its turn: a copy from before would bring back what was deleted on the way.
            loop.accept(world -> informer.getStore().list().forEach(object -> seen.accept(world, object)));
        }

        void see(World world, HasMetadata object) {
            seen.accept(world, kind.cast(object));
        }
    }

    /**
     * Watches nothing yet.
     *
     * @param loop takes changes of the world
     */
    public Watches(String node, Consumer<Consumer<World>> loop) {
        this.node = node;
        this.loop = loop;
    }

    /**
     * Has every change announced before it takes effect. To be said before {@link #start}.
     *
     * @param told on the loop's thread
     */
    public void announce(Runnable told) {
        change = told;
    }

    /** What was seen last of every object; of pods only what {@link Records#pod} reads. */
    Stream<HasMetadata> objects() {
        HeadWatch ofHeads = heads;
        return Stream.concat(
                watched.stream()
                        .<HasMetadata>flatMap(each -> each.informer().getStore().list().stream())
                        .map(object -> object instanceof Pod pod ? Records.reduced(pod) : object),
                ofHeads == null ? Stream.of() : ofHeads.heads());
    }

    /** Follows the policies of the namespaces that have pods here now. On the loop's thread, after whatever changed that. */
    public void follow(World world) {
        HeadWatch ofHeads = heads;
        if (ofHeads != null) {
            ofHeads.select(world.namespaces());
        }
    }

    /** Whether it follows all of them. On the loop's thread. */
    boolean follows(World world) {
        HeadWatch ofHeads = heads;
        return ofHeads != null && ofHeads.watches(world.namespaces());
    }

    /** The kind that is watched under its simple name. */
    Optional<Class<? extends HasMetadata>> kind(String name) {
        return Stream.concat(
                        watched.stream().<Class<? extends HasMetadata>>map(Watched::kind), Stream.of(PolicyHead.class))
                .filter(kind -> kind.getSimpleName().equals(name))
                .findFirst();
    }

    /** Tells the world of an object as if it had just come. */
    void see(World world, HasMetadata object) {
        if (object instanceof PolicyHead head) {
            HeadReader.read(head).accept(world);
        }
        watched.stream().filter(each -> each.kind().isInstance(object)).forEach(each -> each.see(world, object));
    }

    /**
     * Starts every watch; returns at once.
     *
     * @param read run when every list was read, before the world is said to be in sync
     */
    public void start(KubernetesClient client, Runnable read) {
        watch(
                client.pods().inAnyNamespace().withField("spec.nodeName", node),
                Pod.class,
                this::pod,
                (world, pod) -> world.pods()
                        .podGone(
                                pod.getMetadata().getNamespace(),
                                pod.getMetadata().getName(),
                                pod.getMetadata().getUid()));
        watch(
                client.namespaces(),
                Namespace.class,
                (world, namespace) -> world.peers()
                        .namespace(
                                namespace.getMetadata().getName(),
                                Records.labels(namespace.getMetadata().getLabels())),
                (world, namespace) ->
                        world.peers().namespaceGone(namespace.getMetadata().getName()));
        watch(
                client.nodes(),
                Node.class,
                (world, seen) -> world.nodes()
                        .node(
                                seen.getMetadata().getName(),
                                Records.labels(seen.getMetadata().getLabels()),
                                Records.addresses(seen)),
                (world, gone) -> world.nodes().gone(gone.getMetadata().getName()),
                packed(client, Node.class, Records::reduced));
        watch(
                client.resources(NodeState.class).withField("metadata.name", node),
                NodeState.class,
                (world, state) -> world.nodeState(
                        state.getMetadata().getUid(),
                        state.getMetadata().getGeneration() == null
                                ? 0
                                : state.getMetadata().getGeneration(),
                        state.getSpec() != null && state.getSpec().mode() == Mode.Detach),
                (world, state) -> {
                    try (About _ = About.object(
                            "NodeState",
                            "",
                            node,
                            state.getMetadata().getGeneration() == null
                                    ? 0
                                    : state.getMetadata().getGeneration())) {
                        LOG.warn("NodeState {} was deleted; what is in force stays", node);
                    }
                    world.nodeStateGone(state.getMetadata().getUid());
                });
        watch(
                client.resources(PublishedIdentity.class),
                PublishedIdentity.class,
                (world, identity) -> identity.verified()
                        .ifPresentOrElse(
                                world::identityPublished,
                                () -> LOG.warn(
                                        "Identity {} is forged: its name is not its content's hash",
                                        identity.getMetadata().getName())),
                (world, identity) -> world.identityGone(identity.getMetadata().getName()),
                packed(client, PublishedIdentity.class, Records::reduced));
        watch(
                client.resources(NodeEndpoints.class),
                NodeEndpoints.class,
                this::endpoints,
                (world, endpoints) -> world.nodeGone(endpoints.getMetadata().getName()),
                packed(client, NodeEndpoints.class, Records::reduced));
        watch(
                client.services().inAnyNamespace(),
                Service.class,
                (world, service) ->
                        world.services().service(ServiceRecords.name(service), ServiceRecords.service(service)),
                (world, service) -> world.services().serviceGone(ServiceRecords.name(service)));
        watch(
                client.discovery().v1().endpointSlices().inAnyNamespace(),
                EndpointSlice.class,
                (world, slice) -> world.services().slice(ServiceRecords.name(slice), ServiceRecords.slice(slice)),
                (world, slice) -> world.services().sliceGone(ServiceRecords.name(slice)));
        HeadWatch ofHeads = new HeadWatch(client, this::tell);
        heads = ofHeads;
        loop.accept(this::follow);
        CompletableFuture.allOf(Stream.concat(
                                watched.stream()
                                        .map(each -> each.informer().start().toCompletableFuture()),
                                Stream.of(ofHeads.first()))
                        .toArray(CompletableFuture[]::new))
                .thenRunAsync(() -> synced(read)) // not in the loop's turn that took the heads
                .exceptionally(failure -> {
                    LOG.error("a watch of the API server ended: {}", failure.getMessage());
                    return null;
                });
    }

    /** Keeps only these fields of objects that are many and have no namespace: who manages a field alone takes more than it. */
    private static <T extends HasMetadata> ItemStore<T> packed(
            KubernetesClient client, Class<T> kind, UnaryOperator<T> reduce) {
        return new PackedItemStore<>(kind, client.getKubernetesSerialization(), reduce);
    }

    private void synced(Runnable read) {
        loop.accept(world -> {
            change.run();
            if (world.isKnown()) {
                world.startOver(); // what was remembered may be gone
            }
        });
        watched.forEach(each -> each.replay(loop));
        read.run();
        loop.accept(World::synced);
        LOG.info("everything is read");
    }

    private void pod(World world, Pod pod) {
        if (node.equals(pod.getSpec().getNodeName())) {
            world.pods().pod(Records.pod(pod));
        }
    }

    private void endpoints(World world, NodeEndpoints endpoints) {
        String name = endpoints.getMetadata().getName();
        world.peers().ranges(name, Records.ranges(endpoints));
        if (!name.equals(node)) {
            world.peers().claims(name, Records.claims(endpoints));
        } else {
            world.ownEndpointsSeen(Records.claims(endpoints));
        }
    }

    private <T extends HasMetadata> void watch(
            Informable<T> source, Class<T> kind, BiConsumer<World, T> seen, BiConsumer<World, T> gone) {
        watch(source, kind, seen, gone, null);
    }

    /** @param store what is kept of each object; null for all of it */
    private <T extends HasMetadata> void watch(
            Informable<T> source,
            Class<T> kind,
            BiConsumer<World, T> seen,
            BiConsumer<World, T> gone,
            @Nullable ItemStore<T> store) {
        SharedIndexInformer<T> informer = source.runnableInformer(0);
        if (store != null) {
            informer.itemStore(store);
        }
        informer.addEventHandler(new ResourceEventHandler<T>() {
            @Override
            public void onAdd(T added) {
                tell(world -> seen.accept(world, added));
            }

            @Override
            public void onUpdate(T before, T after) {
                tell(world -> seen.accept(world, after));
            }

            @Override
            public void onDelete(T deleted, boolean finalStateUnknown) {
                tell(world -> gone.accept(world, deleted));
            }
        });
        // Starting, the API server may be away or not yet know our kinds: try again for ever.
        informer.exceptionHandler((started, failure) -> {
            LOG.warn("watching {}: {}", kind.getSimpleName(), failure.getMessage());
            return true;
        });
        watched.add(new Watched<>(kind, informer, seen));
    }

    private void tell(Consumer<World> event) {
        loop.accept(world -> {
            change.run();
            event.accept(world);
        });
    }

    @Override
    public void close() {
        watched.forEach(each -> each.informer().close());
        HeadWatch ofHeads = heads;
        if (ofHeads != null) {
            ofHeads.close();
        }
    }
}
