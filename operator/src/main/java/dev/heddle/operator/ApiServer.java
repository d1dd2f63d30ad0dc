package dev.heddle.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Whether the API server answers. A process that has to end while it does not, ends when it does: a kubelet starts a
 * container at once that has ended once, and one that ends again and again only minutes after the last time
 * (CrashLoopBackOff). Nodes would hear of no change for that long after every outage.
 */
final class ApiServer {

    /** Of the API server itself, and open to everybody (ClusterRole {@code system:public-info-viewer}). */
    private static final String READY = "/readyz";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(ApiServer.class);

    private final Config config;

    /** The one that a client with this configuration speaks to. */
    ApiServer(Config config) {
        this.config = new ConfigBuilder(config)
                .withConnectionTimeout((int) PATIENCE.toMillis())
                .withRequestTimeout((int) PATIENCE.toMillis())
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    /** Returns as soon as it answers, and says once that it does not. An interrupt ends the wait. */
    void await() {
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            if (answers(client)) {
                return;
            }
            LOG.warnf("the API server at %s does not answer; this process ends when it does", config.getMasterUrl());
            do {
                LockSupport.parkNanos(BETWEEN_CALLS.toNanos());
            } while (!Thread.currentThread().isInterrupted() && !answers(client));
        }
    }

    /** Also when it says no, as where nobody may ask: then it is there. */
    private static boolean answers(KubernetesClient client) {
        try {
            client.raw(READY);
            return true;
        } catch (KubernetesClientException e) {
            return e.getCode() > 0 && e.getCode() < HttpURLConnection.HTTP_INTERNAL_ERROR;
        }
    }
}
