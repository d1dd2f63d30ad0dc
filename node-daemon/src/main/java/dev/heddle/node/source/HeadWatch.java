package dev.heddle.node.source;

import dev.heddle.crds.Api;
import dev.heddle.crds.PolicyHead;
import dev.heddle.node.desired.World;
import dev.heddle.node.log.About;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the PolicyHeads of the namespaces that have pods here, and the cluster-wide one, by their label. When a namespace is
 * new here a watch of more is opened beside the old one, which ends when all that the new one lists is taken in: nothing is
 * missed, and every watch alone tells all in the order in which it was written. What left is watched until then.
 */
final class HeadWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeadWatch.class);

    private final KubernetesClient client;
    private final Consumer<Consumer<World>> loop;
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile @Nullable Selection current;
    private volatile @Nullable Selection next;

    private record Selection(SortedSet<String> namespaces, SharedIndexInformer<PolicyHead> informer) {}

    /** @param loop takes changes of the world */
    HeadWatch(KubernetesClient client, Consumer<Consumer<World>> loop) {
        this.client = client;
        this.loop = loop;
    }

    /** Completes when the first selection was taken in. */
    CompletableFuture<Void> first() {
        return first;
    }

    /** Has these watched. On the loop's thread. */
    void select(SortedSet<String> namespaces) {
        if (next == null && !watches(namespaces)) {
            Selection wanted = new Selection(new TreeSet<>(namespaces), informer(namespaces));
            next = wanted;
            wanted.informer()
                    .start()
                    .thenRun(() -> loop.accept(world -> take(world, wanted)))
                    .exceptionally(failure -> {
                        LOG.error("a watch of the API server ended: {}", failure.getMessage());
                        return null;
                    });
        }
    }

    /** Whether all of these are watched. */
    boolean watches(Set<String> namespaces) {
        Selection now = current;
        return now != null && now.namespaces().containsAll(namespaces);
    }

    /** The heads that are watched, as they were seen last. */
    Stream<PolicyHead> heads() {
        Selection now = current;
        return now == null ? Stream.of() : now.informer().getStore().list().stream();
    }

    private SharedIndexInformer<PolicyHead> informer(Set<String> namespaces) {
        SharedIndexInformer<PolicyHead> informer = client.resources(PolicyHead.class)
                .withLabelIn(
                        Api.HEAD_LABEL,
                        namespaces.stream().map(PolicyHead::nameOf).toArray(String[]::new))
                .runnableInformer(0);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(PolicyHead head) {
                loop.accept(HeadReader.read(head));
            }

            @Override
            public void onUpdate(PolicyHead before, PolicyHead after) {
                loop.accept(HeadReader.read(after));
            }

            @Override
            public void onDelete(PolicyHead head, boolean finalStateUnknown) {
                loop.accept(world -> gone(world, head.getSpec().namespace(), HeadReader.version(head)));
            }
        });
        informer.exceptionHandler((started, failure) -> {
            LOG.warn("watching PolicyHead: {}", failure.getMessage());
            return true;
        });
        return informer;
    }

    private static void gone(World world, String namespace, long version) {
        try (About _ = About.object("PolicyHead", "", PolicyHead.nameOf(namespace))) {
            LOG.info("PolicyHead {} was deleted; what is in force stays", PolicyHead.nameOf(namespace));
        }
        world.sets().headGone(namespace, version);
    }

    /** All that it lists was read: handlers may be told late of it, and of what is not in it the old watch will tell nothing. */
    private void take(World world, Selection wanted) {
        long read =
                HeadReader.version(wanted.informer().lastSyncResourceVersion()); // before the list, which may be newer
        Set<String> absent = new TreeSet<>(wanted.namespaces());
        for (PolicyHead head : wanted.informer().getStore().list()) {
            absent.remove(head.getSpec().namespace());
            HeadReader.again(world, head);
        }
        absent.forEach(namespace -> world.sets().headGone(namespace, read));
        world.sets().followed(wanted.namespaces());
        Selection before = current;
        current = wanted;
        next = null;
        if (before != null) {
            before.informer().close();
        }
        first.complete(null);
    }

    @Override
    public void close() {
        for (Selection each : new @Nullable Selection[] {current, next}) {
            if (each != null) {
                each.informer().close();
            }
        }
    }
}
