package dev.heddle.operator.write;

import dev.heddle.crds.Api;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.operator.index.HeadObject;
import dev.heddle.operator.index.HeadSummary;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.NamespaceRecord;
import dev.heddle.operator.index.SetChunk;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head of a namespace, or the cluster-wide one: all that nodes are told of a policy. Rules that are too many for it
 * are written before it, as PolicySets. Every namespace has a head, so that a node can tell "no policy" from "not known".
 */
final class HeadWriter {

    private static final Logger LOG = Logger.getLogger(HeadWriter.class);

    private final Applier applier;

    HeadWriter(Applier applier) {
        this.applier = applier;
    }

    /** What must be written for the namespace; null: nothing. */
    @Nullable
    Write plan(Index index, String namespace) {
        boolean clusterWide = namespace.equals(Api.CLUSTER_WIDE);
        NamespaceRecord owner = clusterWide ? null : index.namespace(namespace);
        if (!index.knowsPolicies(namespace) || (owner == null && !clusterWide)) {
            return null; // what the nodes were told stays
        }
        HeadObject before = index.head(namespace);
        if (before == null && owner != null && owner.ending()) {
            return null; // it went with its namespace, and a new one would too
        }
        PolicySetContent content = index.content(namespace);
        PolicySetContent.Written written = content.written();
        if (before != null && before.says().set().equals(written.set()) && index.isWhole(before)) {
            return null;
        }
        long sequence = index.nextSequence();
        List<Long> since = HeadSummary.since(content, index.since(namespace), sequence);
        PolicyHeadSpec spec = PolicyHeadSpec.of(content, written, sequence, since);
        if (spec.chunks() > 0) {
            index.announce(namespace, spec.set());
        }
        PolicyHead head = new PolicyHead(spec, owner == null ? List.of() : List.of(reference(owner)));
        return () -> {
            List<SetChunk> chunks = spec.chunks() == 0 ? List.of() : write(content.chunks(sequence));
            PolicyHead stored = before == null ? applier.create(head) : applier.replace(head, before.resourceVersion());
            try (About _ =
                    About.object("PolicyHead", namespace, head.getMetadata().getName(), null)) {
                LOG.infof(
                        "%s: sequence %d, %d policies",
                        clusterWide ? "cluster" : "namespace " + namespace,
                        sequence,
                        content.sources().size());
            }
            HeadSummary says = new HeadSummary(
                    namespace,
                    sequence,
                    spec.set(),
                    spec.chunks(),
                    spec.chunks() == 0 ? content.sources() : List.of(),
                    since,
                    true);
            return taken -> {
                chunks.forEach(taken::put);
                taken.put(new HeadObject(
                        stored.getMetadata().getUid(), stored.getMetadata().getResourceVersion(), says));
            };
        };
    }

    private List<SetChunk> write(List<PolicySet> chunks) {
        return chunks.stream().map(chunk -> chunk(applier.apply(chunk))).toList();
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
                set.getSpec().sources());
    }

    private static OwnerReference reference(NamespaceRecord owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Namespace")
                .withName(owner.name())
                .withUid(owner.uid())
                .build();
    }
}
