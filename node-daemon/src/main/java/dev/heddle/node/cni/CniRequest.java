package dev.heddle.node.cni;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;

/** One request of the container runtime, as CNI specification 1.1.0 names them. VERSION never gets here. */
sealed interface CniRequest {
    /**
     * A pod's new interface.
     *
     * @param previous the base plugin's result, which becomes ours
     * @param bound how long the pod may wait for its policy
     */
    record Add(Attachment attachment, JsonNode previous, Duration bound) implements CniRequest {}

    record Del(AttachmentId attachment) implements CniRequest {}

    record Check(Attachment attachment) implements CniRequest {}

    record Gc(Set<AttachmentId> valid) implements CniRequest {
        public Gc {
            valid = Set.copyOf(valid);
        }
    }

    record Status() implements CniRequest {}
}
