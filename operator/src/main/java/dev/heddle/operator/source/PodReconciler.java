package dev.heddle.operator.source;

import dev.heddle.operator.index.Index;
import dev.heddle.operator.index.PodRecord;
import dev.heddle.operator.write.Feed;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Which namespaces are on which node, and which nodes a policy needs. */
@Singleton
@ControllerConfiguration(informer = @Informer(genericFilter = NoEvent.class))
public final class PodReconciler extends Feeding<SlimPod> {

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    public PodReconciler(Feed feed) {
        super(feed);
    }

    @Override
    void put(Index index, SlimPod object) {
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        SlimPod.Spec spec = object.getSpec();
        String phase = object.getStatus() == null ? null : object.getStatus().phase();
        if (spec == null
                || spec.nodeName() == null
                || spec.hostNetwork()
                || (phase != null && FINISHED.contains(phase))) {
            index.removePod(namespace, name);
            return;
        }
        Map<String, String> labels = object.getMetadata().getLabels();
        index.put(new PodRecord(namespace, name, labels == null ? Map.of() : labels, spec.nodeName()));
    }

    @Override
    void remove(Index index, SlimPod object) {
        index.removePod(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }
}
