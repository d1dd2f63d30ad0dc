package dev.heddle.node.cni;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Says what the test wants and remembers what it was asked. */
final class FakePodNetwork implements PodNetwork {
    final List<Object> asked = Collections.synchronizedList(new ArrayList<>());
    volatile CompletableFuture<CniOutcome> next = CompletableFuture.completedFuture(CniOutcome.done());
    volatile String awaits = "nothing";

    @Override
    public CompletionStage<CniOutcome> add(Attachment attachment, Consumer<String> awaiting) {
        awaiting.accept(awaits);
        return answer(attachment);
    }

    @Override
    public CompletionStage<CniOutcome> del(AttachmentId attachment) {
        return answer(attachment);
    }

    @Override
    public CompletionStage<CniOutcome> check(Attachment attachment) {
        return answer(attachment);
    }

    @Override
    public CompletionStage<CniOutcome> gc(Set<AttachmentId> valid) {
        return answer(valid);
    }

    @Override
    public CompletionStage<CniOutcome> status() {
        return answer("status");
    }

    private CompletionStage<CniOutcome> answer(Object request) {
        asked.add(request);
        return next;
    }
}
