package dev.heddle.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.node.desired.Composer.Cut;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.loop.Round;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a NodeState's status is written, seen from an API server that takes everything. */
class PublisherTest {

    private static final String STATUS = "/apis/heddle.dev/v1alpha1/nodestates/one/status";
    private static final long SECONDS = 10;
    /** Longer than a publisher waits for the next change. */
    private static final long NOTHING_COMES_MILLIS = 700;

    private final BlockingQueue<String> writes = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private final World world = new World("one");
    private HttpServer server;
    private KubernetesClient client;
    private Publisher publisher;

    @BeforeEach
    void up() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        publisher = new Publisher("one", client, writer, event -> event.accept(world), List.of());
        world.synced();
    }

    @AfterEach
    void down() {
        writer.shutdownNow();
        client.close();
        server.stop(0);
    }

    @Test
    void aStatusIsWrittenOnce() throws Exception {
        nodeState("uid-1");
        assertThat(next()).isEqualTo("PATCH " + STATUS);
        publisher.accept(round());
        assertNothingComes();
    }

    @Test
    void aNodeStateThatIsMadeAnewGetsItsStatusAtOnce() throws Exception {
        nodeState("uid-1");
        assertThat(next()).isEqualTo("PATCH " + STATUS);

        world.nodeStateGone("uid-1");
        publisher.accept(round());
        assertNothingComes();

        nodeState("uid-2");
        assertThat(next()).isEqualTo("PATCH " + STATUS);
    }

    /** The watch may tell of the new object before it tells that the old one is gone. */
    @Test
    void theEndOfAnOldNodeStateIsNotThatOfTheNew() throws Exception {
        nodeState("uid-2");
        assertThat(next()).isEqualTo("PATCH " + STATUS);
        world.nodeStateGone("uid-1");
        assertThat(world.nodeState()).isEqualTo("uid-2");
    }

    @Test
    void withoutANodeStateThereIsNothingToWrite() throws Exception {
        publisher.accept(round());
        assertNothingComes();
    }

    private void nodeState(String uid) {
        world.nodeState(uid, 3, false);
        publisher.accept(round());
    }

    private Round round() {
        return new Round(world, Observed.NOTHING, Cut.NOTHING, List.of());
    }

    private String next() throws InterruptedException {
        return String.valueOf(writes.poll(SECONDS, TimeUnit.SECONDS));
    }

    private void assertNothingComes() throws InterruptedException {
        assertThat(writes.poll(NOTHING_COMES_MILLIS, TimeUnit.MILLISECONDS)).isNull();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(STATUS)) {
            writes.add(exchange.getRequestMethod() + " " + path);
        }
        byte[] body = "{\"apiVersion\":\"heddle.dev/v1alpha1\",\"kind\":\"NodeState\",\"metadata\":{\"name\":\"one\"}}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
