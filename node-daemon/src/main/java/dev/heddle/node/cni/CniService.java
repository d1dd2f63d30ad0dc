package dev.heddle.node.cni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Turns one request into its answer: parses, asks the {@link PodNetwork}, waits no longer than allowed. Whatever goes
 * wrong is an error for the runtime, so that an ADD never succeeds by accident.
 */
final class CniService {
    private static final Logger LOG = System.getLogger(CniService.class.getName());
    /** For all but ADD; the plugin itself waits 10 s. */
    private static final Duration SHORT_BOUND = Duration.ofSeconds(8);

    private final PodNetwork network;

    CniService(PodNetwork network) {
        this.network = network;
    }

    WireFormat.Answer answer(WireFormat.Request raw) {
        RequestParser parser;
        try {
            parser = new RequestParser(raw);
        } catch (CniException e) {
            return render(RequestParser.VERSIONS.getLast(), e.outcome(), null);
        }
        try {
            CniRequest request = parser.parse();
            CniOutcome outcome = serve(request);
            log(request, outcome);
            JsonNode result = request instanceof CniRequest.Add add ? add.previous() : null;
            return render(parser.version(), outcome, result);
        } catch (CniException e) {
            LOG.log(Level.WARNING, "CNI request refused: " + e.getMessage());
            return render(parser.version(), e.outcome(), null);
        }
    }

    private CniOutcome serve(CniRequest request) {
        AtomicReference<String> awaited = new AtomicReference<>("the node daemon");
        try {
            return switch (request) {
                case CniRequest.Add add -> await(network.add(add.attachment(), awaited::set), add.bound(), awaited);
                case CniRequest.Check check -> await(network.check(check.attachment()), SHORT_BOUND, awaited);
                case CniRequest.Del del -> await(network.del(del.attachment()), SHORT_BOUND, awaited);
                case CniRequest.Gc gc -> await(network.gc(gc.valid()), SHORT_BOUND, awaited);
                case CniRequest.Status() -> await(network.status(), SHORT_BOUND, awaited);
            };
        } catch (RuntimeException e) {
            return unexpected(e);
        }
    }

    private static CniOutcome await(
            CompletionStage<CniOutcome> stage, Duration bound, AtomicReference<String> awaited) {
        Future<CniOutcome> future = stage.toCompletableFuture();
        try {
            return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            return CniOutcome.tryAgain("timed out after " + bound.toSeconds() + " s waiting for " + awaited.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CniOutcome.tryAgain("the node daemon is stopping");
        } catch (ExecutionException e) {
            return unexpected(e.getCause() == null ? e : e.getCause());
        }
    }

    private static CniOutcome unexpected(Throwable e) {
        LOG.log(Level.ERROR, "a CNI request failed", e);
        return new CniOutcome.Failed(
                CniErrorCode.INTERNAL, "the node daemon failed, its log says more", String.valueOf(e));
    }

    private static void log(CniRequest request, CniOutcome outcome) {
        if (outcome instanceof CniOutcome.Failed(CniErrorCode code, String message, String details)) {
            String subject = switch (request) {
                case CniRequest.Add(Attachment a, JsonNode _, Duration _) -> "ADD " + a.pod() + " " + a.id();
                case CniRequest.Check(Attachment a) -> "CHECK " + a.pod() + " " + a.id();
                case CniRequest.Del(AttachmentId id) -> "DEL " + id;
                case CniRequest.Gc _ -> "GC";
                case CniRequest.Status() -> "STATUS";
            };
            LOG.log(Level.WARNING, "CNI " + subject + ": " + code + ": " + message + " " + details);
        }
    }

    private static WireFormat.Answer render(String version, CniOutcome outcome, @Nullable JsonNode result) {
        return switch (outcome) {
            case CniOutcome.Done() -> new WireFormat.Answer(0, result == null ? "" : text(result));
            case CniOutcome.Failed(CniErrorCode code, String message, String details) -> {
                var error = RequestParser.JSON.createObjectNode();
                error.put("cniVersion", version).put("code", code.number()).put("msg", message);
                if (!details.isEmpty()) {
                    error.put("details", details);
                }
                yield new WireFormat.Answer(1, text(error));
            }
        };
    }

    private static String text(JsonNode node) {
        try {
            return RequestParser.JSON.writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree that cannot be written", e);
        }
    }
}
