package dev.heddle.operator.write;

import static java.util.stream.Collectors.toSet;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.SetChunk;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Deletes policy sets and identities that nobody has used for a while. Each delete names the version that was
 * looked at, so that an object which has changed since survives.
 */
final class Collector {

    private static final Logger LOG = Logger.getLogger(Collector.class);

    /** How often it is looked during a grace period. */
    private static final int LOOKS = 5;

    private final Applier applier;
    private final Grace grace;
    private final Unused sets;
    private final Unused identities;
    private Instant nextSets = Instant.MIN;
    private Instant nextIdentities = Instant.MIN;
    private boolean collectingSets;
    private boolean collectingIdentities;

    Collector(Applier applier, Grace grace) {
        this.applier = applier;
        this.grace = grace;
        this.sets = new Unused(grace.policySets());
        this.identities = new Unused(grace.identities());
    }

    /** Begins what is due. */
    void run(Index index, Instant now, Background background) {
        if (!collectingSets && !now.isBefore(nextSets)) {
            nextSets = now.plus(grace.policySets().dividedBy(LOOKS));
            List<SetChunk> due = dueSets(index, now);
            if (!due.isEmpty()) {
                collectingSets = true;
                background.begin(() -> delete(due), (i, failure) -> {
                    collectingSets = false;
                    say(failure);
                });
            }
        }
        if (!collectingIdentities && !now.isBefore(nextIdentities)) {
            nextIdentities = now.plus(grace.identities().dividedBy(LOOKS));
            collectingIdentities = true;
            background.begin(
                    () -> {
                        collectIdentities(now);
                        return i -> {};
                    },
                    (i, failure) -> {
                        collectingIdentities = false;
                        say(failure);
                    });
        }
    }

    private static void say(@Nullable RuntimeException failure) {
        if (failure != null) {
            LOG.warnf("unused objects were not collected, will try again: %s", failure.getMessage());
        }
    }

    private List<SetChunk> dueSets(Index index, Instant now) {
        List<SetChunk> unused = index.unusedSets();
        Set<String> due = sets.due(unused.stream().map(SetChunk::name).collect(toSet()), now);
        return unused.stream().filter(chunk -> due.contains(chunk.name())).toList();
    }

    private Outcome delete(List<SetChunk> chunks) {
        chunks.forEach(chunk -> delete(new PolicySet(), chunk.name(), chunk.resourceVersion()));
        return index -> chunks.forEach(chunk -> index.removeSet(chunk.name(), chunk.uid()));
    }

    /** Identities are many and this is rare, so they are listed here instead of being held in memory. One at a time. */
    private void collectIdentities(Instant now) {
        var known = applier.client().resources(PublishedIdentity.class).list().getItems();
        Set<String> used = applier.client().resources(NodeEndpoints.class).list().getItems().stream()
                .map(CustomResource::getStatus)
                .filter(Objects::nonNull)
                .flatMap(status -> status.endpoints().stream())
                .flatMap(Collector::identityOf)
                .collect(toSet());
        Set<String> unused = known.stream()
                .map(identity -> identity.getMetadata().getName())
                .filter(name -> !used.contains(name))
                .collect(toSet());
        Set<String> due = identities.due(unused, now);
        for (PublishedIdentity identity : known) {
            if (due.contains(identity.getMetadata().getName())) {
                delete(
                        new PublishedIdentity(),
                        identity.getMetadata().getName(),
                        identity.getMetadata().getResourceVersion());
            }
        }
    }

    private static Stream<String> identityOf(String claim) {
        try {
            return Stream.of(EndpointClaim.parse(claim).identity());
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private <R extends HasMetadata> void delete(R object, String name, String resourceVersion) {
        object.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withResourceVersion(resourceVersion)
                .build());
        applier.client().resource(object).lockResourceVersion(resourceVersion).delete();
        try (About _ = About.object(object.getKind(), null, name, null)) {
            LOG.infof("%s %.12s was unused and is collected", object.getKind(), name);
        }
    }
}
