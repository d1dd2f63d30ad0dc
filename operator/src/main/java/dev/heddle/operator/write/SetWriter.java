package dev.heddle.operator.write;

import dev.heddle.crds.Api;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.SetChunk;
import dev.heddle.operator.index.SetRef;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the set of a namespace, or the cluster-wide one, and then publishes it. A set that cannot be written leaves the published one in
 * place; a namespace without one stays unpublished, which keeps its new pods waiting rather than open.
 */
final class SetWriter {

    private static final Logger LOG = Logger.getLogger(SetWriter.class);

    private final Applier applier;

    SetWriter(Applier applier) {
        this.applier = applier;
    }

    /** What must be written for the namespace's set; null: nothing, and it is published already. */
    @Nullable
    Write plan(Index index, String namespace) {
        if (!index.knowsPolicies(namespace)) {
            return null; // what the nodes were told stays
        }
        Optional<PolicySetContent> content = index.content(namespace);
        if (content.isEmpty()) {
            index.publish(namespace, SetRef.NONE);
            return null;
        }
        long sequence = index.sequence(namespace) + 1;
        List<PolicySet> chunks = content.get().chunks(sequence);
        SetRef ref = new SetRef(chunks.getFirst().set(), chunks.size());
        if (index.isCurrent(namespace, ref)) {
            index.publish(namespace, ref);
            return null;
        }
        int policies = content.get().sources().size();
        return () -> {
            List<SetChunk> written =
                    chunks.stream().map(chunk -> chunk(applier.apply(chunk))).toList();
            try (About _ = About.object("PolicySet", namespace, ref.set(), null)) {
                LOG.infof(
                        "%s: policy set %.12s, sequence %d, from %d policies",
                        namespace.equals(Api.CLUSTER_WIDE) ? "cluster" : "namespace " + namespace,
                        ref.set(),
                        sequence,
                        policies);
            }
            return taken -> {
                written.forEach(taken::put);
                taken.publish(namespace, ref);
            };
        };
    }

    private static SetChunk chunk(PolicySet set) {
        return new SetChunk(
                set.getMetadata().getName(),
                set.getMetadata().getUid(),
                set.getMetadata().getResourceVersion(),
                set.set(),
                set.getSpec().namespace(),
                set.getSpec().chunk().index(),
                set.getSpec().chunk().count(),
                set.sequence(),
                set.getSpec().sources());
    }
}
