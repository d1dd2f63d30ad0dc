package dev.heddle.node.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.crds.Api;
import dev.heddle.crds.BrokenPolicySetException;
import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.PolicyHead;
import dev.heddle.crds.PolicySet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.node.desired.Sets;
import dev.heddle.node.desired.World;
import dev.heddle.node.log.About;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.support.Enforceable;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads policy sets by name, each once: they never change. Tries again what is not there yet. Looks up the policies of
 * namespaces that are new here, for whose pods nobody waits for a watch, or for the operator.
 */
public final class SetReader {

    private static final Logger LOG = LoggerFactory.getLogger(SetReader.class);
    /** A set that is not there after this many looks holds up nobody any more; it is looked for all the same. */
    private static final int PATIENCE = 20;

    private static final long AGAIN_MILLIS = 250;
    private static final long LATER_MILLIS = 5_000;

    private final KubernetesClient client;
    private final ScheduledExecutorService executor;
    private final Consumer<Consumer<World>> loop;
    private final SetFiles files;
    private final Set<String> underWay = new HashSet<>();

    /**
     * Reads nothing yet.
     *
     * @param executor where the API server is waited for
     * @param files where sets are kept and looked for first
     */
    public SetReader(
            KubernetesClient client,
            ScheduledExecutorService executor,
            Consumer<Consumer<World>> loop,
            SetFiles files) {
        this.client = client;
        this.executor = executor;
        this.loop = loop;
        this.files = files;
    }

    /** Reads these sets unless that is under way. On the loop's thread. */
    public void want(List<Sets.Missing> missing) {
        for (Sets.Missing set : missing) {
            if (underWay.add(set.set())) {
                executor.execute(() -> read(set, 1));
            }
        }
    }

    /** Looks up what holds for a namespace, or for the cluster, whose head no watch has brought yet. On the loop's thread. */
    public void find(String namespace) {
        if (underWay.add("namespace " + namespace)) {
            executor.execute(() -> findNow(namespace));
        }
    }

    private void read(Sets.Missing set, int attempt) {
        try {
            Enforceable rules = rules(files.read(set.set()).orElseGet(() -> fetch(set)));
            loop.accept(world -> {
                underWay.remove(set.set());
                world.sets().loaded(set.set(), rules);
            });
        } catch (KubernetesClientException | BrokenPolicySetException e) {
            String why = String.valueOf(e.getMessage());
            if (attempt == PATIENCE) {
                try (About _ = About.object("PolicySet", "", set.set())) {
                    LOG.warn("policy set {}: {}", set.set(), why);
                }
                loop.accept(world -> world.sets().broken(set.set(), why));
            }
            loop.accept(world -> {
                if (world.sets().names(set.set())) {
                    long delay = attempt < PATIENCE ? AGAIN_MILLIS : LATER_MILLIS;
                    var _ = executor.schedule(() -> read(set, attempt + 1), delay, TimeUnit.MILLISECONDS);
                } else {
                    underWay.remove(set.set());
                }
            });
        }
    }

    private PolicySetContent fetch(Sets.Missing set) {
        List<PolicySet> chunks = new ArrayList<>();
        for (String name : PolicySetContent.chunkNames(set.set(), Math.max(1, set.chunks()))) {
            PolicySet chunk = client.resources(PolicySet.class).withName(name).get();
            if (chunk == null) {
                throw new KubernetesClientException("chunk " + name + " is not there");
            }
            chunks.add(chunk);
        }
        PolicySetContent content = PolicySetContent.reassemble(chunks);
        files.write(set.set(), chunks);
        return content;
    }

    private void findNow(String namespace) {
        try {
            PolicyHead head = client.resources(PolicyHead.class)
                    .withName(PolicyHead.nameOf(namespace))
                    .get();
            Consumer<World> found = head == null ? translated(namespace) : HeadReader.read(head);
            loop.accept(world -> {
                underWay.remove("namespace " + namespace);
                found.accept(world);
            });
        } catch (KubernetesClientException e) {
            try (About _ = About.object("PolicyHead", "", PolicyHead.nameOf(namespace))) {
                LOG.warn("the policies of namespace '{}': {}", namespace, e.getMessage());
            }
            var _ = executor.schedule(() -> findNow(namespace), AGAIN_MILLIS * 4, TimeUnit.MILLISECONDS);
        }
    }

    /** What the operator will say, when it is back: the same policies make the same set. */
    private Consumer<World> translated(String namespace) {
        List<TranslatedPolicy> policies = namespace.equals(Api.CLUSTER_WIDE)
                ? clusterPolicies()
                : client.network().v1().networkPolicies().inNamespace(namespace).list().getItems().stream()
                        .map(TranslatedPolicy::of)
                        .toList();
        PolicySetContent content = PolicySetContent.of(namespace, policies);
        String set = content.written().set();
        Enforceable rules = rules(content);
        try (About _ = About.object("PolicyHead", "", PolicyHead.nameOf(namespace))) {
            LOG.info(
                    "there is no PolicyHead {} yet; its {} policies are read here",
                    PolicyHead.nameOf(namespace),
                    policies.size());
        }
        return world -> {
            if (!set.equals(Sets.NONE)) {
                world.sets().loaded(set, rules);
            }
            world.sets().found(namespace, set);
        };
    }

    /** A cluster that does not know the kind has none. */
    private List<TranslatedPolicy> clusterPolicies() {
        try {
            return client
                    .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(ClusterNetworkPolicy.class))
                    .list()
                    .getItems()
                    .stream()
                    .map(policy -> TranslatedPolicy.ofCluster(
                            policy.getMetadata(),
                            client.getKubernetesSerialization().convertValue(policy.get("spec"), JsonNode.class)))
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** Loads what the world lacks from files. @return whether it lacks nothing any more */
    boolean remember(World world) {
        world.sets()
                .missing()
                .forEach(set ->
                        files.read(set.set()).ifPresent(content -> world.sets().loaded(set.set(), rules(content))));
        return world.sets().missing().isEmpty();
    }

    private static Enforceable rules(PolicySetContent content) {
        return Datapath.TODAY.limit(content.rules());
    }
}
