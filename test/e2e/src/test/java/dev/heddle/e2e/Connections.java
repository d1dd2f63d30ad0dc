package dev.heddle.e2e;

import static java.util.stream.Collectors.groupingBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes connections inside pods and says how they ended. Each is made by the test image's own {@code connect}, which
 * names the kind of failure.
 */
final class Connections {

    private static final String TIMEOUT = "3s";
    private static final long EXEC_LIMIT_SECONDS = 180;
    private static final int PODS_AT_ONCE = 8;
    /** Of one pod: more would wait for a processor longer than they wait for an answer. */
    private static final int ATTEMPTS_AT_ONCE = 24;

    private static final String TRY = "try() { said=$(/agnhost connect $2 --protocol=$3 --timeout=" + TIMEOUT
            + " 2>&1); echo attempt $1 ended with $?: $said; }\n";
    private static final Pattern ENDED = Pattern.compile("attempt (\\d+) ended with (\\d+): *(.*)");

    private final KubernetesClient client;

    Connections(KubernetesClient client) {
        this.client = client;
    }

    /** Makes all attempts, many at once; the result keeps their order. */
    Map<Attempt, Outcome> attempt(List<Attempt> attempts) {
        Map<Attempt, Outcome> result = new LinkedHashMap<>();
        attempts.forEach(attempt -> result.put(attempt, Outcome.FAILED));
        List<Callable<Map<Attempt, Outcome>>> pods =
                attempts.stream().collect(groupingBy(Attempt::from)).entrySet().stream()
                        .map(pod -> (Callable<Map<Attempt, Outcome>>) () -> attempt(pod.getKey(), pod.getValue()))
                        .toList();
        try (ExecutorService workers = Executors.newFixedThreadPool(PODS_AT_ONCE)) {
            for (Future<Map<Attempt, Outcome>> pod : workers.invokeAll(pods)) {
                result.putAll(pod.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while connecting", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a connection could not be attempted", e);
        }
        return result;
    }

    /** Makes all attempts and compares; returns what differs, a line each. Empty is success. */
    List<String> differences(Map<Attempt, Outcome> expected) {
        List<String> differences = new ArrayList<>();
        attempt(List.copyOf(expected.keySet())).forEach((attempt, outcome) -> {
            Outcome wanted = expected.get(attempt);
            if (outcome != wanted) {
                differences.add(attempt + ": expected " + wanted + ", was " + outcome);
            }
        });
        return differences;
    }

    Outcome attempt(Attempt attempt) {
        return attempt(List.of(attempt)).values().iterator().next();
    }

    private Map<Attempt, Outcome> attempt(TestPod pod, List<Attempt> attempts) {
        StringBuilder script = new StringBuilder(TRY);
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            script.append("try %d %s %s &\n"
                    .formatted(i, attempt.target(), attempt.protocol().flag()));
            if (i % ATTEMPTS_AT_ONCE == ATTEMPTS_AT_ONCE - 1) {
                script.append("wait\n");
            }
        }
        String output = exec(pod, "sh", "-c", script + "wait");
        Map<Attempt, Outcome> outcomes = new LinkedHashMap<>();
        Matcher ended = ENDED.matcher(output);
        while (ended.find()) {
            outcomes.put(attempts.get(Integer.parseInt(ended.group(1))), outcome(ended.group(2), ended.group(3)));
        }
        List<Attempt> missing = new ArrayList<>(attempts);
        missing.removeAll(outcomes.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no outcome of " + missing + " in: " + output);
        }
        return outcomes;
    }

    private static Outcome outcome(String exit, String said) {
        if (exit.equals("0")) {
            return Outcome.ANSWERED;
        }
        return said.contains("TIMEOUT") ? Outcome.TIMED_OUT : Outcome.FAILED;
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
