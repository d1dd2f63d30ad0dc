package dev.heddle.operator.scale;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.crds.Api;
import dev.heddle.crds.PolicyHead;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Lists and watches PolicyHeads by their label, each watch with a selection of its own as a daemon's. Fifty share a connection,
 * by HTTP/2: a thousand clients in one process would take more of the machine than what is measured.
 */
final class HeadStreams implements AutoCloseable {

    private static final int SHARE = 50;
    private static final JsonMapper JSON = new JsonMapper();

    private final String heads;
    private final List<HttpClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Hears of heads, from any thread. */
    interface Listener {

        /**
         * A head came.
         *
         * @param at when, as {@link System#nanoTime}
         */
        void told(String namespace, long sequence, String set, long at);

        /** The API server has ended the watch, as it does with one that is slow: what it would tell must be asked for anew. */
        void ended(Selection selection);
    }

    HeadStreams(Config config, int nodes) throws Exception {
        heads = config.getMasterUrl() + "apis/" + HasMetadata.getApiVersion(PolicyHead.class) + "/"
                + HasMetadata.getPlural(PolicyHead.class);
        for (int i = 0; i < nodes; i += SHARE) {
            clients.add(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(SSLUtils.sslContext(config))
                    .executor(threads)
                    .build());
        }
    }

    /** Lists the heads of these namespaces, and watches them from then on until what is returned is closed. */
    Selection open(int node, Collection<String> namespaces, Listener listener) {
        HttpClient client = clients.get(node / SHARE);
        String selected = heads + "?labelSelector="
                + URLEncoder.encode(
                        Api.HEAD_LABEL + " in ("
                                + namespaces.stream().map(PolicyHead::nameOf).collect(joining(",")) + ")",
                        StandardCharsets.UTF_8);
        String version = list(client, selected, listener);
        Selection selection = new Selection(listener);
        var _ = client.sendAsync(
                        HttpRequest.newBuilder(URI.create(selected + "&watch=1&resourceVersion=" + version))
                                .build(),
                        answer -> HttpResponse.BodySubscribers.fromLineSubscriber(selection))
                .exceptionally(why -> {
                    selection.end();
                    return null;
                });
        return selection;
    }

    private static String list(HttpClient client, String selected, Listener listener) {
        try (InputStream in = client.send(
                        HttpRequest.newBuilder(URI.create(selected)).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            JsonNode list = JSON.readTree(in);
            long now = System.nanoTime();
            list.path("items").forEach(head -> tell(listener, head, now));
            return list.path("metadata").path("resourceVersion").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tell(Listener listener, JsonNode head, long at) {
        JsonNode spec = head.path("spec");
        listener.told(
                spec.path("namespace").asText(),
                spec.path("sequence").asLong(),
                spec.path("set").asText(),
                at);
    }

    /** One watch. */
    final class Selection implements Flow.Subscriber<String>, AutoCloseable {
        private final Listener listener;
        private volatile Flow.@Nullable Subscription subscription;
        private volatile boolean over;

        private Selection(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
            if (over) {
                begun.cancel();
            }
        }

        /** Whether it tells nothing any more. */
        boolean isOver() {
            return over;
        }

        @Override
        public void onNext(String line) {
            long now = System.nanoTime();
            threads.execute(() -> read(line, now)); // who reads the connection must not be slow
        }

        private void read(String line, long at) {
            try {
                JsonNode event = JSON.readTree(line);
                switch (event.path("type").asText()) {
                    case "ADDED", "MODIFIED" -> tell(listener, event.path("object"), at);
                    case "DELETED" -> {}
                    default -> end();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onError(Throwable why) {
            end();
        }

        @Override
        public void onComplete() {
            end();
        }

        private void end() {
            if (!over) {
                close();
                threads.execute(() -> listener.ended(this));
            }
        }

        @Override
        public void close() {
            over = true;
            Flow.Subscription begun = subscription;
            if (begun != null) {
                begun.cancel();
            }
        }
    }

    @Override
    public void close() {
        clients.forEach(HttpClient::shutdownNow);
        threads.shutdownNow();
    }
}
