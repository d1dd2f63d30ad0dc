package dev.heddle.node.source;

import dev.heddle.crds.BrokenPolicySetException;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.node.log.About;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.support.Enforceable;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a PolicyHead means for the world. */
public final class HeadReader {

    private static final Logger LOG = LoggerFactory.getLogger(HeadReader.class);

    private HeadReader() {}

    /** Reads the rules here, on this thread, and has the world take them. */
    public static Consumer<World> read(PolicyHead head) {
        PolicyHeadSpec spec = head.getSpec();
        Sets.Head says = new Sets.Head(version(head), spec.sequence(), spec.set(), spec.chunks());
        try {
            Optional<Enforceable> rules = spec.inside().map(content -> Datapath.TODAY.limit(content.rules()));
            return world -> {
                if (world.sets().head(spec.namespace(), says)) {
                    rules.ifPresent(inside -> world.sets().loaded(spec.set(), inside));
                }
            };
        } catch (BrokenPolicySetException e) {
            String why = String.valueOf(e.getMessage());
            try (About _ = About.object("PolicyHead", "", head.getMetadata().getName())) {
                LOG.warn("PolicyHead {}: {}", head.getMetadata().getName(), why);
            }
            return world -> {
                if (world.sets().head(spec.namespace(), says)) {
                    world.sets().broken(spec.set(), why);
                }
            };
        }
    }

    /** The same as when it was read last, as long as nothing of it was forgotten. */
    static void again(World world, PolicyHead head) {
        PolicyHeadSpec spec = head.getSpec();
        if (world.sets().isLoaded(spec.set())) {
            world.sets()
                    .head(spec.namespace(), new Sets.Head(version(head), spec.sequence(), spec.set(), spec.chunks()));
        } else {
            read(head).accept(world);
        }
    }

    /** Versions of all objects of a kind are numbers that grow (Kubernetes enhancement 5504); -1 for one that is none. */
    static long version(PolicyHead head) {
        return version(head.getMetadata().getResourceVersion());
    }

    static long version(@Nullable String resourceVersion) {
        return resourceVersion != null && resourceVersion.matches("\\d{1,18}") ? Long.parseLong(resourceVersion) : -1;
    }
}
