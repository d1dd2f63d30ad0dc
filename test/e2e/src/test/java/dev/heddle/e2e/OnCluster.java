package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What every test class on the cluster has: a client, the names of two nodes, namespaces of its own that are gone
 * afterwards, connections between its pods, and what status says about its policies.
 *
 * <p>Register it in a field of a class whose instance lives as long as the class.
 */
final class OnCluster implements BeforeAllCallback, AfterAllCallback {

    private static final int UNPROCESSABLE = 422;

    final KubernetesClient client = Cluster.client();
    final Connections connections = new Connections(client);
    final Enforcement enforcement = new Enforcement(client);
    final TestNamespaces namespaces;

    private List<String> nodes = List.of();

    /** @param test a short word that the names of its namespaces carry */
    OnCluster(String test) {
        this.namespaces = new TestNamespaces(client, test);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        nodes = Cluster.twoNodes(client);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        namespaces.close();
        client.close();
    }

    String firstNode() {
        return nodes.get(0);
    }

    String secondNode() {
        return nodes.get(1);
    }

    List<String> nodes() {
        return nodes;
    }

    /** The first address of a node inside the cluster. */
    String addressOf(String node) {
        return client.nodes().withName(node).require().getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
    }

    /** The full name of a namespace of this class; made when it is first asked for. */
    String namespace(String shortName) {
        return namespaces.namespace(shortName);
    }

    /** A started pod, by {@code SHORT_NAMESPACE/NAME}. */
    TestPod pod(String name) {
        return namespaces.pod(name);
    }

    /** Applies a policy and waits until status says that it is enforced. */
    NetworkPolicy enforce(String shortNamespace, String name, String spec) {
        NetworkPolicy policy = apply(shortNamespace, name, spec);
        enforcement.await(policy);
        return policy;
    }

    NetworkPolicy apply(String shortNamespace, String name, String spec) {
        return namespaces.apply(Policies.networkPolicy(namespace(shortNamespace), name, spec));
    }

    /** Whether the API server itself finds nothing wrong with a policy. It is not stored. */
    boolean admits(String shortNamespace, String spec) {
        NetworkPolicy policy = Policies.networkPolicy(namespace(shortNamespace), "dry-run", spec);
        try {
            client.resource(policy).dryRun().create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == UNPROCESSABLE) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes a policy and waits until no node runs it. */
    void withdraw(NetworkPolicy policy) {
        namespaces.delete(policy);
        enforcement.awaitGone(policy);
    }

    /** How one pod reaches every address of another now, in the marks of a table: T, U, both or nothing. */
    String reaches(String from, String to) {
        StringBuilder marks = new StringBuilder();
        for (Protocol protocol : Protocol.values()) {
            if (connections.attempt(Attempt.all(pod(from), pod(to), protocol)).values().stream()
                    .allMatch(outcome -> outcome == Outcome.ANSWERED)) {
                marks.append(protocol.name().charAt(0));
            }
        }
        return marks.toString();
    }

    /** Makes every connection of the table and compares. */
    void assertTable(String table) {
        assertThat(Table.parse(namespaces, table).differences(connections)).isEmpty();
    }
}
