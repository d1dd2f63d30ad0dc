package dev.heddle.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What a scraper finds. */
class MetricsServerTest {

    private static final String HOST = "127.0.0.1";

    @Test
    void metricsAreServedAndNothingElse() throws Exception {
        int port = freePort();
        try (HealthServer _ = HealthServer.serveMetrics(HOST, port, () -> "heddle_revision 7\n")
                        .orElseThrow();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> metrics = get(client, port, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).isEqualTo("heddle_revision 7\n");
            assertThat(get(client, port, "/healthz").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aPortOrAddressThatCannotBeHadIsNoFailure() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            assertThat(HealthServer.serveMetrics(HOST, taken.getLocalPort(), () -> ""))
                    .isEmpty();
        }
        assertThat(HealthServer.serveMetrics("", freePort(), () -> "")).isEmpty();
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
