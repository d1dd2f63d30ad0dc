package dev.heddle.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a kubelet and a scraper find. */
class HealthServerTest {

    private static final String HOST = "127.0.0.1";

    @ParameterizedTest(name = "healthy {0}, ready {1}")
    @CsvSource({
        "true, true, 200, healthy, 200, ready",
        "true, false, 200, healthy, 503, not ready",
        "false, true, 503, not healthy, 200, ready",
        "false, false, 503, not healthy, 503, not ready"
    })
    void probesSayWhatIsSoNow(
            boolean healthy, boolean ready, int health, String healthText, int readiness, String readyText)
            throws Exception {
        int port = freePort();
        AtomicBoolean isHealthy = new AtomicBoolean(!healthy);
        AtomicBoolean isReady = new AtomicBoolean(!ready);
        try (HealthServer _ = HealthServer.listen(port, isHealthy::get, isReady::get, () -> "heddle_revision 7\n");
                HttpClient client = HttpClient.newHttpClient()) {
            isHealthy.set(healthy);
            isReady.set(ready);

            assertAnswer(get(client, port, "/healthz"), health, healthText);
            assertAnswer(get(client, port, "/readyz"), readiness, readyText);
            assertAnswer(get(client, port, "/metrics"), 200, "heddle_revision 7");
        }
    }

    private static void assertAnswer(HttpResponse<String> answer, int status, String text) {
        assertThat(answer.statusCode()).as(text).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(text + "\n");
    }

    @Test
    void aScraperFindsMetricsAndNothingElse() throws Exception {
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
