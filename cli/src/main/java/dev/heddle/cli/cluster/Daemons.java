package dev.heddle.cli.cluster;

import dev.heddle.cli.failure.NoAnswerException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The daemons of nodes, asked as {@code kubectl exec} would: a small program in the daemon's container passes a question on
 * to it. Whoever may exec there may ask; everybody else is told why there is no answer.
 */
final class Daemons {

    /** Must be as in {@code hack/images.sh}. */
    private static final List<String> ASK = List.of("/runtime/bin/java", "@/app/ask");

    private static final String CONTAINER = "node-daemon";
    private static final String LABEL = "app.kubernetes.io/name";
    private static final String DAEMON = "heddle-node";
    private static final long LIMIT_SECONDS = 15;

    private final KubernetesClient client;
    private final ApiServer api;
    private final String namespace;

    /** @param namespace of the daemons */
    Daemons(KubernetesClient client, String namespace) {
        this.client = client;
        this.api = new ApiServer(client);
        this.namespace = namespace;
    }

    /** Name of the daemon's pod by node. @throws NoAnswerException if there is none at all */
    Map<String, String> all() {
        Map<String, String> daemons = new TreeMap<>();
        api.list(Paths.in(namespace, Paths.PODS), Paths.withLabel(LABEL, DAEMON), Records::pod).stream()
                .filter(pod -> !pod.finished() && !pod.node().isEmpty())
                .forEach(pod -> daemons.put(pod.node(), pod.name()));
        if (daemons.isEmpty()) {
            throw new NoAnswerException("no daemon of Heddle runs in namespace " + namespace);
        }
        return daemons;
    }

    /** Name of the daemon's pod on a node. */
    String on(String node) {
        String query = Paths.withLabel(LABEL, DAEMON) + "&" + Paths.withField("spec.nodeName", node);
        return api.list(Paths.in(namespace, Paths.PODS), query, Records::pod).stream()
                .filter(pod -> !pod.finished())
                .map(pod -> pod.name())
                .findFirst()
                .orElseThrow(() -> new NoAnswerException("no daemon of Heddle runs there in namespace " + namespace));
    }

    /**
     * One question, one answer.
     *
     * @param pod the daemon's
     * @throws NoAnswerException if there is none
     */
    String ask(String pod, String question) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch watch = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(CONTAINER)
                .writingOutput(out)
                .writingError(err)
                .exec(ASK.get(0), ASK.get(1), question)) {
            Integer code = watch.exitCode().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (code == null || code != 0) {
                throw new NoAnswerException("its daemon cannot be asked: "
                        + err.toString(StandardCharsets.UTF_8).strip());
            }
            return out.toString(StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            throw new NoAnswerException("its daemon did not answer within " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException | KubernetesClientException e) {
            throw new NoAnswerException("you cannot exec into " + namespace + "/" + pod + ": " + ApiServer.root(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted", e);
        }
    }

    /** A daemon of another version answers, or does not know the question. */
    static NoAnswerException notUnderstood() {
        return new NoAnswerException("its daemon answers in a way that this plugin does not understand: they are of"
                + " different versions");
    }
}
