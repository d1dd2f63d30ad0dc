package dev.heddle.node.cni;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What the CNI socket asks of the rest of the daemon. Methods return at once; the stages complete later, on any
 * thread. {@link CniServer} bounds every wait: when the time is up it cancels the stage and answers "try again" with
 * what was awaited last. A stage that completes exceptionally is answered as an internal error.
 */
public interface PodNetwork {
    /**
     * Puts a new pod's interface under policy: completes only when its first packet would be judged.
     *
     * @param awaiting told what is waited for, each time that changes, as words that end the sentence "timed out
     *     waiting for", such as {@code "policy set 3fa1 of namespace shop"}
     */
    CompletionStage<CniOutcome> add(Attachment attachment, Consumer<String> awaiting);

    /** Forgets an attachment. Done also when it was never known: DEL is called more than once. */
    CompletionStage<CniOutcome> del(AttachmentId attachment);

    /** Says whether the attachment is protected as {@link #add} left it. */
    CompletionStage<CniOutcome> check(Attachment attachment);

    /** Forgets every attachment of this network that is not in the set. */
    CompletionStage<CniOutcome> gc(Set<AttachmentId> valid);

    /** Says whether {@link #add} can be served now; {@link CniErrorCode#NOT_AVAILABLE} with the reason when not. */
    CompletionStage<CniOutcome> status();
}
