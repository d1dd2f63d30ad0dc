package dev.heddle.node.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /healthz}, {@code /readyz} and {@code /metrics} on the node's own loopback, and where it is wanted {@code
 * /metrics} on an address that scrapers reach.
 */
public final class HealthServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);

    private final HttpServer server;

    private HealthServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Answers from now on.
     *
     * @param healthy whether the daemon's loop still goes round
     * @param ready whether a revision of this daemon is live
     * @param metrics in Prometheus' text format
     */
    public static HealthServer listen(
            int port, BooleanSupplier healthy, BooleanSupplier ready, Supplier<String> metrics) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 16);
            server.setExecutor(Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("health").daemon().factory()));
            server.createContext("/healthz", exchange -> answer(exchange, healthy.getAsBoolean(), "healthy"));
            server.createContext("/readyz", exchange -> answer(exchange, ready.getAsBoolean(), "ready"));
            server.createContext("/metrics", exchange -> respond(exchange, HttpURLConnection.HTTP_OK, metrics.get()));
            server.start();
            return new HealthServer(server);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of 127.0.0.1 cannot be listened on", e);
        }
    }

    /**
     * Serves metrics, and nothing else, to whoever reaches an address of this node. A daemon that cannot goes on: policy is
     * more than its metrics.
     */
    public static Optional<HealthServer> serveMetrics(String host, int port, Supplier<String> metrics) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(host), port), 16);
            server.setExecutor(Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("metrics").daemon().factory()));
            server.createContext("/metrics", exchange -> respond(exchange, HttpURLConnection.HTTP_OK, metrics.get()));
            server.start();
            return Optional.of(new HealthServer(server));
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("no metrics at port {} of '{}': {}", port, host, e.toString());
            return Optional.empty();
        }
    }

    private static void answer(HttpExchange exchange, boolean good, String what) throws IOException {
        int code = good ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE;
        respond(exchange, code, good ? what + "\n" : "not " + what + "\n");
    }

    private static void respond(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
