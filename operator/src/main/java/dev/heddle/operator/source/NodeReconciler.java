package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.NodeRecord;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;
import java.util.List;

/** Every Node gets a NodeState and a NodeEndpoints. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class NodeReconciler extends Feeding<SlimNode> {

    public NodeReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, SlimNode object) {
        SlimNode.Spec spec = object.getSpec();
        SlimNode.Status status = object.getStatus();
        List<String> ranges = spec == null || spec.podCIDRs() == null ? List.of() : spec.podCIDRs();
        boolean ready = status != null
                && status.conditions() != null
                && status.conditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
        index.put(new NodeRecord(
                object.getMetadata().getName(), object.getMetadata().getUid(), ranges, ready));
    }

    @Override
    void remove(Index index, SlimNode object) {
        index.removeNode(object.getMetadata().getName());
    }
}
