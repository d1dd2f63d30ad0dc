package dev.heddle.operator.write;

import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsSpec;
import dev.heddle.crds.NodeState;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.NodeObject;
import dev.heddle.operator.index.NodeRecord;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a node's NodeState and NodeEndpoints. Both belong to the Node and go with it. The daemon writes their status often, so
 * nobody's fields are tracked in them.
 */
final class NodeWriter {

    private static final Logger LOG = Logger.getLogger(NodeWriter.class);

    private static final Outcome NOTHING = index -> {};

    private final Applier applier;

    NodeWriter(Applier applier) {
        this.applier = applier;
    }

    /** What must be written for the node; null: nothing. */
    @Nullable
    Write plan(Index index, String name) {
        NodeRecord node = index.node(name);
        if (node == null) {
            return null; // its objects are collected by their owner reference
        }
        boolean newRanges = !node.podCidrs().equals(index.endpointRanges(name));
        NodeObject observed = index.nodeObject(name);
        NodeStateSpec desired = index.desiredSpec(name);
        boolean newState = observed == null || !desired.equals(observed.spec());
        if (!newRanges && !newState) {
            return null;
        }
        return () -> {
            Outcome ranges = newRanges ? writeRanges(node) : NOTHING;
            Outcome state = newState ? writeState(node, observed, desired) : NOTHING;
            return taken -> {
                ranges.takeInto(taken);
                state.takeInto(taken);
            };
        };
    }

    private Outcome writeRanges(NodeRecord node) {
        NodeEndpoints endpoints = new NodeEndpoints();
        endpoints.setMetadata(metadata(node, null));
        endpoints.setSpec(new NodeEndpointsSpec(node.podCidrs()));
        applier.untrack(applier.apply(endpoints));
        return index -> index.endpointRanges(node.name(), node.podCidrs());
    }

    private Outcome writeState(NodeRecord node, @Nullable NodeObject observed, NodeStateSpec desired) {
        NodeState state = new NodeState();
        state.setMetadata(metadata(node, observed == null ? null : observed.resourceVersion()));
        state.setSpec(desired);
        NodeState written = applier.untrack(write(state, observed));
        Long generation = written.getMetadata().getGeneration();
        try (About _ = About.object(written.getKind(), null, node.name(), generation)) {
            LOG.infof("node %s: generation %d, %s", node.name(), generation, desired.mode());
        }
        return index -> index.put(new NodeObject(
                node.name(),
                written.getMetadata().getUid(),
                written.getMetadata().getResourceVersion(),
                written.getSpec(),
                written.getStatus()));
    }

    /** Nobody may have changed the spec; the node's daemon may well have changed the status. */
    private NodeState write(NodeState state, @Nullable NodeObject observed) {
        try {
            return applier.apply(state);
        } catch (KubernetesClientException e) {
            if (observed == null || !Retries.isConflict(e)) {
                throw e;
            }
            NodeState now = applier.client().resource(state).get();
            if (now == null || !isAt(observed, now)) {
                throw e;
            }
            state.getMetadata().setResourceVersion(now.getMetadata().getResourceVersion());
            return applier.apply(state);
        }
    }

    private static boolean isAt(NodeObject observed, NodeState now) {
        return now.getMetadata().getUid().equals(observed.uid())
                && observed.spec().equals(now.getSpec());
    }

    private static ObjectMeta metadata(NodeRecord node, @Nullable String resourceVersion) {
        return new ObjectMetaBuilder()
                .withName(node.name())
                .withResourceVersion(resourceVersion)
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(node.name())
                .withUid(node.uid())
                .endOwnerReference()
                .build();
    }
}
