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
 * Makes connections inside pods and says how they ended. The test image's {@code attempt} makes all of a pod at once.
 */
final class Connections {

    private static final String TIMEOUT = "3s";
    private static final long EXEC_LIMIT_SECONDS = 180;
    private static final int PODS_AT_ONCE = 8;
    private static final Pattern ENDED = Pattern.compile("(?m)^(\\d+) (.+)$");

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
        List<String> command = new ArrayList<>(List.of("/attempt", TIMEOUT));
        attempts.forEach(attempt -> command.add(attempt.protocol().flag() + "/" + attempt.target()));
        String output = exec(pod, command.toArray(String[]::new));
        Map<Attempt, Outcome> outcomes = new LinkedHashMap<>();
        Matcher ended = ENDED.matcher(output);
        while (ended.find()) {
            outcomes.put(attempts.get(Integer.parseInt(ended.group(1))), outcome(ended.group(2)));
        }
        List<Attempt> missing = new ArrayList<>(attempts);
        missing.removeAll(outcomes.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("no outcome of " + missing + " in: " + output);
        }
        return outcomes;
    }

    private static Outcome outcome(String said) {
        return switch (said) {
            case "answered" -> Outcome.ANSWERED;
            case "timed out" -> Outcome.TIMED_OUT;
            default -> Outcome.FAILED;
        };
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
