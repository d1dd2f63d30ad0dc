package dev.heddle.node.report;

import dev.heddle.crds.Failure;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.crds.StatusPatch;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.log.About;
import dev.heddle.node.loop.Round;
import dev.heddle.policy.identity.Identity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what changed to the API server: identities and claims at once, because pods wait for them, the status
 * a moment later. A write that fails is tried again; what is written is always the newest picture.
 */
public final class Publisher implements Consumer<Round> {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final long STATUS_MILLIS = 200;
    private static final long AGAIN_MILLIS = 1_000;

    private final String node;
    private final KubernetesClient client;
    private final ScheduledExecutorService writer;
    private final Consumer<Consumer<World>> loop;
    private final StatusDraft draft;
    private final AtomicReference<@Nullable Picture> newest = new AtomicReference<>();
    private @Nullable Picture seen;
    private @Nullable Written written;
    private boolean statusIsDue;

    /** A status and the object that has it. */
    private record Written(String nodeState, NodeStateStatus status) {}

    /**
     * Writes nothing yet.
     *
     * @param writer of one thread, this publisher's own
     * @param loop told what was published
     * @param lacking what the kernel lacks, for people
     */
    public Publisher(
            String node,
            KubernetesClient client,
            ScheduledExecutorService writer,
            Consumer<Consumer<World>> loop,
            List<String> lacking) {
        this.node = node;
        this.client = client;
        this.writer = writer;
        this.loop = loop;
        draft = new StatusDraft(lacking);
    }

    /** Draws the picture on the loop's thread and has it written if it differs from the last. */
    @Override
    public void accept(Round round) {
        if (!round.world().isSynced() || round.world().isDetaching()) {
            return; // Claims of half a world would take other nodes' knowledge of our pods away.
        }
        Picture picture = Picture.of(round);
        if (!picture.equals(seen)) {
            say(picture.failures(), seen == null ? List.of() : seen.failures());
            seen = picture;
            newest.set(picture);
            writer.execute(this::write);
        }
    }

    /** What is wrong with a policy is logged once, under the policy's name. */
    private static void say(List<Failure> now, List<Failure> before) {
        for (Failure failure : now) {
            if (!before.contains(failure)) {
                try (About _ =
                        About.object(failure.kind(), failure.namespace(), failure.name(), failure.generation())) {
                    LOG.warn("{} {}: {}: {}", failure.kind(), failure.name(), failure.field(), failure.message());
                }
            }
        }
    }

    /** The newest picture; null before the first. */
    public @Nullable Picture picture() {
        return newest.get();
    }

    private void write() {
        Picture picture = newest.get();
        if (picture == null) {
            return;
        }
        try {
            picture.identities().forEach(this::create);
            claim(picture);
        } catch (KubernetesClientException e) {
            again("what this node claims", e);
        }
        if (!statusIsDue) {
            statusIsDue = true;
            var _ = writer.schedule(this::writeStatus, STATUS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void create(Identity identity) {
        try {
            client.resource(new PublishedIdentity(identity)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
        loop.accept(world -> world.identityPublished(identity));
    }

    private void claim(Picture picture) {
        NodeEndpointsStatus status = NodeEndpointsStatus.of(picture.claims());
        if (picture.claimsPublished()) {
            return;
        }
        StatusPatch.write(client, NodeEndpoints.class, node, status);
        Map<Address, String> claims = new HashMap<>();
        picture.claims().forEach(claim -> claims.put(Address.parse(claim.address()), claim.identity()));
        loop.accept(world -> world.ownEndpointsSeen(claims));
    }

    private void writeStatus() {
        statusIsDue = false;
        Picture picture = newest.get();
        if (picture == null || picture.nodeState().isEmpty()) {
            return;
        }
        Written now = new Written(picture.nodeState(), draft.draw(picture, Instant.now()));
        if (now.equals(written)) {
            return;
        }
        try {
            StatusPatch.write(client, NodeState.class, node, now.status());
            written = now;
        } catch (KubernetesClientException e) {
            again("the status of NodeState " + node, e);
        }
    }

    private void again(String what, KubernetesClientException e) {
        LOG.warn("{} could not be written, will be again: {}", what, e.getMessage());
        var _ = writer.schedule(this::write, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
}
