package dev.heddle.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Namespaces, pods and policies of one test class; all of it is gone after {@link #close()}. */
final class TestNamespaces implements AutoCloseable {

    private static final long POD_READY_SECONDS = 60;

    private final KubernetesClient client;
    private final String prefix;
    private final List<String> namespaces = new ArrayList<>();
    private final Map<String, TestPod> pods = new LinkedHashMap<>();

    TestNamespaces(KubernetesClient client, String test) {
        this.client = client;
        this.prefix = "e2e-" + test + "-" + Long.toString(System.nanoTime() % 1_000_000, 36) + "-";
    }

    /** Creates a namespace and returns its full name; it carries the label {@code team=SHORT_NAME}. */
    String namespace(String shortName) {
        String name = prefix + shortName;
        if (!namespaces.contains(name)) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels("team", shortName)
                            .endMetadata()
                            .build())
                    .create();
            namespaces.add(name);
            awaitDefaultServiceAccount(name);
        }
        return name;
    }

    /** Starts pods side by side and waits until each runs and has an address. */
    void start(List<Pod> wanted) {
        create(wanted);
        for (Pod pod : wanted) {
            String namespace = pod.getMetadata().getNamespace();
            Pod ready = client.pods()
                    .inNamespace(namespace)
                    .withName(pod.getMetadata().getName())
                    .waitUntilCondition(TestNamespaces::runs, POD_READY_SECONDS, SECONDS);
            TestPod started = TestPod.of(ready);
            pods.put(shortName(namespace) + "/" + started.name(), started);
        }
    }

    /** Creates pods and does not wait for them. */
    void create(List<Pod> wanted) {
        wanted.forEach(pod -> client.resource(pod).create());
    }

    /** A started pod, by {@code SHORT_NAMESPACE/NAME}. */
    TestPod pod(String name) {
        TestPod pod = pods.get(name);
        if (pod == null) {
            throw new IllegalArgumentException("no test pod " + name + "; there are " + pods.keySet());
        }
        return pod;
    }

    /** All started pods, in the order in which they were asked for. */
    Collection<TestPod> pods() {
        return Collections.unmodifiableCollection(pods.values());
    }

    /** Applies a policy as kubectl does and returns what the API server made of it. */
    NetworkPolicy apply(NetworkPolicy policy) {
        return client.resource(policy).serverSideApply();
    }

    void delete(NetworkPolicy policy) {
        client.resource(policy).delete();
    }

    @Override
    public void close() {
        for (String namespace : namespaces) {
            client.namespaces().withName(namespace).delete();
        }
        for (String namespace : namespaces) {
            client.namespaces()
                    .withName(namespace)
                    .waitUntilCondition(gone -> gone == null, POD_READY_SECONDS, SECONDS);
        }
    }

    private String shortName(String namespace) {
        return namespace.substring(prefix.length());
    }

    private void awaitDefaultServiceAccount(String namespace) {
        client.serviceAccounts()
                .inNamespace(namespace)
                .withName("default")
                .waitUntilCondition(account -> account != null, POD_READY_SECONDS, SECONDS);
    }

    private static boolean runs(Pod pod) {
        return pod != null
                && pod.getStatus() != null
                && pod.getStatus().getPodIP() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
