package dev.heddle.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.cli.explain.Connection.Half;
import dev.heddle.cli.explain.LiveView;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.crds.live.LiveAnswer;
import dev.heddle.crds.live.LiveQuestion;
import dev.heddle.policy.rule.Direction;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Asks the daemons of nodes, as {@code kubectl exec} would: a small program in the daemon's container passes the questions
 * on to it. Whoever may exec there may ask; everybody else gets no live answer, and is told why.
 */
final class LiveReader {

    /** Must be as in {@code hack/images.sh}. */
    private static final List<String> ASK = List.of("/runtime/bin/java", "@/app/ask");

    private static final String CONTAINER = "node-daemon";
    private static final String LABEL = "app.kubernetes.io/name";
    private static final String DAEMON = "heddle-node";
    private static final long LIMIT_SECONDS = 15;
    private static final JsonMapper JSON = new JsonMapper();

    private final KubernetesClient client;
    private final ApiServer api;
    private final String namespace;

    /** @param namespace of the daemons */
    LiveReader(KubernetesClient client, String namespace) {
        this.client = client;
        this.api = new ApiServer(client);
        this.namespace = namespace;
    }

    /** One answer for each half; each node is asked once. */
    Map<Direction, LiveView> ask(List<Half> halves) {
        Map<String, Background<Map<Direction, LiveView>>> byNode = new HashMap<>();
        halves.stream()
                .collect(Collectors.groupingBy(Half::node))
                .forEach((node, own) -> byNode.put(node, api.inBackground(() -> ask(node, own))));
        Map<Direction, LiveView> views = new EnumMap<>(Direction.class);
        byNode.values().forEach(asked -> views.putAll(asked.join()));
        return views;
    }

    private Map<Direction, LiveView> ask(String node, List<Half> halves) {
        Map<Direction, LiveView> views = new EnumMap<>(Direction.class);
        try {
            LiveAnswer answer =
                    exec(daemonOn(node), halves.stream().map(Half::question).toList());
            for (int i = 0; i < halves.size(); i++) {
                views.put(
                        halves.get(i).direction(),
                        new LiveView.Answered(
                                answer.generation(), answer.verdicts().get(i)));
            }
        } catch (NoAnswerException e) {
            halves.forEach(half -> views.put(half.direction(), new LiveView.Silent(String.valueOf(e.getMessage()))));
        }
        return views;
    }

    private String daemonOn(String node) {
        String query = Paths.withLabel(LABEL, DAEMON) + "&" + Paths.withField("spec.nodeName", node);
        return api.list(Paths.in(namespace, Paths.PODS), query, Records::pod).stream()
                .filter(pod -> !pod.finished())
                .map(pod -> pod.name())
                .findFirst()
                .orElseThrow(() -> new NoAnswerException("no daemon of Heddle runs there in namespace " + namespace));
    }

    private LiveAnswer exec(String pod, List<LiveQuestion> questions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (ExecWatch watch = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer(CONTAINER)
                .writingOutput(out)
                .writingError(err)
                .exec(ASK.get(0), ASK.get(1), JSON.writeValueAsString(questions))) {
            Integer code = watch.exitCode().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (code == null || code != 0) {
                throw new NoAnswerException("its daemon cannot be asked: "
                        + err.toString(StandardCharsets.UTF_8).strip());
            }
            return read(out.toString(StandardCharsets.UTF_8), questions.size());
        } catch (JsonProcessingException e) {
            throw new AssertionError("questions are records of texts and numbers", e);
        } catch (TimeoutException e) {
            throw new NoAnswerException("its daemon did not answer within " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException | KubernetesClientException e) {
            throw new NoAnswerException("you cannot exec into " + namespace + "/" + pod + ": " + ApiServer.root(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("interrupted", e);
        }
    }

    private static LiveAnswer read(String text, int questions) {
        try {
            var document = JSON.readTree(text);
            if (document.has("error")) {
                throw new NoAnswerException(
                        "its daemon says: " + document.path("error").asText());
            }
            LiveAnswer answer = JSON.treeToValue(document, LiveAnswer.class);
            if (answer.verdicts().size() == questions) {
                return answer;
            }
        } catch (JsonProcessingException e) {
            // Falls through to the one clear message.
        }
        throw new NoAnswerException("its daemon answers in a way that this plugin does not understand: they are of"
                + " different versions");
    }
}
