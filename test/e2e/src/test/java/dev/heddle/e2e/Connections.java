package dev.heddle.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Makes connections inside pods and says how they ended. */
final class Connections {

    private static final String TIMEOUT = "2s";
    private static final long EXEC_LIMIT_SECONDS = 20;
    private static final int AT_ONCE = 8;

    private final KubernetesClient client;

    Connections(KubernetesClient client) {
        this.client = client;
    }

    /** Makes all attempts, several at once; the result keeps their order. */
    Map<Attempt, Outcome> attempt(List<Attempt> attempts) {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Outcome>> outcomes = workers.invokeAll(attempts.stream()
                    .map(attempt -> (Callable<Outcome>) () -> attempt(attempt))
                    .toList());
            Map<Attempt, Outcome> result = new LinkedHashMap<>();
            for (int i = 0; i < attempts.size(); i++) {
                result.put(attempts.get(i), outcomes.get(i).get());
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a connection could not be attempted", e);
        }
    }

    /** One attempt, made by the test image's own {@code connect}, which names the kind of failure. */
    Outcome attempt(Attempt attempt) {
        String output = exec(
                attempt.from(),
                "/agnhost",
                "connect",
                attempt.address() + ":" + attempt.port(),
                "--protocol=" + attempt.protocol().flag(),
                "--timeout=" + TIMEOUT);
        if (output.isBlank()) {
            return Outcome.ANSWERED;
        }
        return output.contains("TIMEOUT") ? Outcome.TIMED_OUT : Outcome.FAILED;
    }

    /** Runs a command in a pod; both outputs together. Failure to run it at all throws. */
    String exec(TestPod pod, String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (ExecWatch watch = client.pods()
                .inNamespace(pod.namespace())
                .withName(pod.name())
                .writingOutput(output)
                .writingError(output)
                .exec(command)) {
            watch.exitCode().get(EXEC_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("exec in " + pod + " failed: " + String.join(" ", command), e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
