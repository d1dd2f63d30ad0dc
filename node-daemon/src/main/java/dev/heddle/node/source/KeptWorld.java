package dev.heddle.node.source;

import dev.heddle.node.desired.World;
import dev.heddle.node.store.WorldFile;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the API server said last, on disk, so that a daemon that starts without it can admit the pods that were known. It is kept
 * when nothing has changed for a while, as when the API server is away, and dropped before the next change takes effect: whoever
 * reads it never goes back behind what is in force.
 */
public final class KeptWorld {

    private static final Logger LOG = LoggerFactory.getLogger(KeptWorld.class);

    private final WorldFile file;
    private final KubernetesSerialization json;
    private final Watches watches;
    private final SetReader sets;
    private final Consumer<Consumer<World>> loop;
    /** How many changes there were. */
    private final AtomicLong changes = new AtomicLong();

    private long seen = -1;
    private volatile boolean kept;

    /**
     * Keeps nothing yet.
     *
     * @param sets where policy sets are that an earlier daemon read
     */
    public KeptWorld(
            WorldFile file,
            KubernetesSerialization json,
            Watches watches,
            SetReader sets,
            Consumer<Consumer<World>> loop) {
        this.file = file;
        this.json = json;
        this.watches = watches;
        this.sets = sets;
        this.loop = loop;
    }

    /** An object changes what is known, now. On the loop's thread. */
    public void change() {
        if (changes.incrementAndGet() == 1 || kept) {
            kept = false;
            file.drop();
        }
    }

    /** Keeps what is known, if it is not kept and nothing has changed since the last call. On a thread that may take its time. */
    public void keep() {
        long now = changes.get();
        if (now == 0 || kept || now != seen) {
            seen = now;
            return;
        }
        try {
            file.draft(watches.objects()
                    .map(object -> object.getClass().getSimpleName() + " " + json.asJson(object))
                    .iterator());
            loop.accept(world -> commit(world, now));
        } catch (IOException e) {
            LOG.warn(
                    "what is known is not kept, a daemon that starts without the API server will wait: {}",
                    e.toString());
        }
    }

    private void commit(World world, long then) {
        if (world.isSynced() && watches.follows(world) && then == changes.get()) {
            try {
                file.commit();
                kept = true;
            } catch (IOException e) {
                LOG.warn("what is known is not kept: {}", e.toString());
            }
        }
    }

    /** Goes by what was kept, unless the API server has said anything yet. On a thread that may take its time. */
    public void remember() {
        if (changes.get() != 0) {
            return;
        }
        List<HasMetadata> objects = new ArrayList<>();
        for (String line : file.read()) {
            int space = line.indexOf(' ');
            watches.kind(line.substring(0, space))
                    .ifPresent(kind -> objects.add(json.unmarshal(line.substring(space + 1), kind)));
        }
        if (!objects.isEmpty()) {
            loop.accept(world -> remember(world, objects));
        }
    }

    private void remember(World world, List<HasMetadata> objects) {
        if (changes.get() != 0 || world.isKnown()) {
            return;
        }
        objects.forEach(object -> watches.see(world, object));
        if (world.isDetaching() || !sets.remember(world)) {
            LOG.warn("the API server does not answer, and too little is kept of what it said: new pods wait for it");
            world.startOver();
            return;
        }
        world.remembered();
        LOG.warn(
                "the API server does not answer: pods that it said are on this node are admitted by what it said last, {}"
                        + " objects",
                objects.size());
    }
}
