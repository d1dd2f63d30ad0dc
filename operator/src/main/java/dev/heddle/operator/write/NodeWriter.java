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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes a node's NodeState and NodeEndpoints. Both belong to the Node and go with it. */
final class NodeWriter {

    private static final Logger LOG = Logger.getLogger(NodeWriter.class);

    private final Applier applier;

    NodeWriter(Applier applier) {
        this.applier = applier;
    }

    void write(Index index, String name) {
        NodeRecord node = index.node(name);
        if (node == null) {
            return; // its objects are collected by their owner reference
        }
        if (!node.podCidrs().equals(index.endpointRanges(name))) {
            NodeEndpoints endpoints = new NodeEndpoints();
            endpoints.setMetadata(metadata(node, null));
            endpoints.setSpec(new NodeEndpointsSpec(node.podCidrs()));
            applier.apply(endpoints);
            index.endpointRanges(name, node.podCidrs());
        }
        NodeObject observed = index.nodeObject(name);
        NodeStateSpec desired = index.desiredSpec(name);
        if (observed == null || index.needsWrite(desired, observed.spec())) {
            NodeState state = new NodeState();
            state.setMetadata(metadata(node, observed == null ? null : observed.resourceVersion()));
            state.setSpec(desired);
            NodeState written = applier.apply(state);
            index.put(new NodeObject(
                    name,
                    written.getMetadata().getUid(),
                    written.getMetadata().getResourceVersion(),
                    written.getSpec(),
                    written.getStatus()));
            LOG.infof(
                    "node %s: generation %d with %d policy sets",
                    name, written.getMetadata().getGeneration(), desired.sets().size());
        }
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
