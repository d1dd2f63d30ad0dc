package dev.heddle.operator;

import static dev.heddle.operator.Api.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.EndpointClaim;
import dev.heddle.crds.NodeEndpoints;
import dev.heddle.crds.NodeEndpointsStatus;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PublishedIdentity;
import dev.heddle.operator.write.Grace;
import dev.heddle.policy.identity.Identity;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nobody uses goes, with the operator's own rights; what somebody uses stays. */
@Tag("apiserver")
@NullUnmarked
@EnableKubeAPIServer(updateKubeConfigFile = false, apiServerFlags = "--allow-privileged=true")
class CollectorTest {

    private static final Grace SHORT = new Grace(Duration.ofMillis(500), Duration.ofMillis(500));

    @KubeConfig
    static String kubeConfig;

    private static Api api;
    private static KubernetesClient client;
    private static RunningOperator operator;

    @BeforeAll
    static void start() throws Exception {
        api = new Api(kubeConfig);
        api.install();
        api.node("node1", "10.244.1.0/24");
        client = api.asOperator();
        operator = new RunningOperator(client, SHORT).lead();
    }

    @AfterAll
    static void stop() {
        operator.close();
        client.close();
        api.close();
    }

    @Test
    void aPolicySetGoesWhenNoHeadNamesIt() throws Exception {
        api.namespace("shop");
        api.allowMany("shop", "web", 3000, 80);
        await("the head names a set", () -> named() != null);
        String first = named();
        collectAnOrphan("one");
        assertThat(exists(PolicySet.class, first)).as("it is named").isTrue();

        api.allowMany("shop", "web", 3000, 81);
        await("the head names another", () -> !first.equals(named()));
        String second = named();
        await("the first set is collected", () -> !exists(PolicySet.class, first));
        collectAnOrphan("two");
        assertThat(exists(PolicySet.class, second)).isTrue();
    }

    @Test
    void anIdentityGoesWhenNoNodeNamesIt() throws Exception {
        await("node1 has endpoints", () -> exists(NodeEndpoints.class, "node1"));
        String used = identity("used").hash();
        claims(List.of(new EndpointClaim("10.244.1.5", used, "uid-1")));
        publish(identity("used"));
        String unused = publish(identity("unused"));

        await("the unused identity is collected", () -> !exists(PublishedIdentity.class, unused));
        assertThat(exists(PublishedIdentity.class, used)).isTrue();

        claims(List.of());
        await("so is the other, once nobody names it", () -> !exists(PublishedIdentity.class, used));
    }

    /** Creates a set that was never used and waits until it is gone: then everything else has been looked at too. */
    private static void collectAnOrphan(String namespace) throws Exception {
        PolicySet orphan =
                new PolicySetContent(namespace, List.of(), List.of()).chunks(1).getFirst();
        String name = api.admin.resource(orphan).create().getMetadata().getName();
        await("the orphan is collected", () -> !exists(PolicySet.class, name));
    }

    private static Identity identity(String app) {
        return Identity.of("shop", Map.of("app", app), List.of());
    }

    private static String publish(Identity identity) {
        return api.admin
                .resource(new PublishedIdentity(identity))
                .create()
                .getMetadata()
                .getName();
    }

    /** The first chunk of the set that shop's head names. */
    private static String named() {
        return api.head("shop")
                .filter(head -> head.chunks() > 0)
                .map(head ->
                        PolicySetContent.chunkNames(head.set(), head.chunks()).getFirst())
                .orElse(null);
    }

    private static void claims(List<EndpointClaim> claims) {
        api.admin.resources(NodeEndpoints.class).withName("node1").editStatus(endpoints -> {
            endpoints.setStatus(NodeEndpointsStatus.of(claims));
            return endpoints;
        });
    }

    private static boolean exists(Class<? extends HasMetadata> kind, String name) {
        return api.admin.resources(kind).withName(name).get() != null;
    }
}
