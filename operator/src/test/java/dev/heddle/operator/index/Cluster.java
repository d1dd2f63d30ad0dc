package dev.heddle.operator.index;

import dev.heddle.crds.Failure;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.translate.Translation;
import java.util.List;
import java.util.Map;

/** Builds an index as a small cluster would fill it. */
final class Cluster {

    final Index index = new Index();
    private int version;

    Cluster node(String name, boolean ready) {
        index.put(new NodeRecord(name, "uid-" + name, List.of("10.244.1.0/24"), ready));
        return this;
    }

    Cluster pod(String namespace, String app, String node) {
        index.put(new PodRecord(namespace, app + "-" + node, Map.of("app", app), node));
        return this;
    }

    Cluster policy(String namespace, String name, long generation, String app, Translation translation) {
        return policy(namespace, source(name, generation), app, translation);
    }

    /** A policy of a name that another one had before. */
    Cluster recreatedPolicy(String namespace, String name, long generation, String app) {
        PolicySource source = new PolicySource("NetworkPolicy", name, "another uid", generation);
        return policy(namespace, source, app, new Translation.Translated(List.of(), List.of()));
    }

    private Cluster policy(String namespace, PolicySource source, String app, Translation translation) {
        LabelSelector subjects =
                new LabelSelector(List.of(new Requirement("app", Requirement.Operator.IN, List.of(app))));
        index.put(new TranslatedPolicy(namespace, source, new Subject(namespace, subjects), translation));
        return this;
    }

    /** A policy that was understood; its rules do not matter here. */
    Cluster policy(String namespace, String name, long generation, String app) {
        return policy(namespace, name, generation, app, new Translation.Translated(List.of(), List.of()));
    }

    Cluster namespace(String name, Map<String, String> labels) {
        index.put(new NamespaceRecord(name, "uid-" + name, labels, false));
        return this;
    }

    /** All cluster-wide policies that there are. */
    Cluster clusterPolicies(ClusterPolicy... all) {
        index.clusterPolicies(List.of(all));
        return this;
    }

    /** A cluster-wide policy about pods of namespaces with this label; it says what its status says. */
    ClusterPolicy clusterPolicy(String name, long generation, String stage, Translation translation) {
        PolicySource source = new PolicySource("ClusterNetworkPolicy", name, "uid-" + name, generation);
        LabelSelector namespaces =
                new LabelSelector(List.of(new Requirement("stage", Requirement.Operator.IN, List.of(stage))));
        Subject subject = Subject.acrossNamespaces(namespaces, LabelSelector.EVERYTHING);
        return new ClusterPolicy(new TranslatedPolicy("", source, subject, translation), index.conditions(name));
    }

    ClusterPolicy clusterPolicy(String name, long generation, String stage) {
        return clusterPolicy(name, generation, stage, new Translation.Translated(List.of(), List.of()));
    }

    /** What the writer does: the head says what the policies do. Returns its sequence. */
    long publish(String namespace) {
        PolicySetContent content = index.content(namespace);
        long sequence = index.nextSequence();
        head(new HeadSummary(
                namespace,
                sequence,
                content.sources().isEmpty() ? "" : content.hash(),
                0,
                content.sources(),
                HeadSummary.since(content, index.since(namespace), sequence),
                true));
        return sequence;
    }

    Cluster head(HeadSummary says) {
        index.put(new HeadObject("uid-" + says.namespace(), Integer.toString(++version), says));
        return this;
    }

    Cluster chunk(String set, int chunk, int count, PolicySource... sources) {
        String name = set + "-" + chunk;
        index.put(new SetChunk(
                name, "uid-" + name, Integer.toString(++version), set, "shop", chunk, count, List.of(sources)));
        return this;
    }

    /** The node's daemon says what its kernel runs, and what of it is not as written. */
    Cluster runs(String node, String namespace, long sequence, Failure... failures) {
        NodeStateStatus status = new NodeStateStatus(
                1,
                sequence,
                sequence,
                1,
                List.of(namespace + "=" + sequence),
                1,
                List.of(),
                List.of(failures),
                List.of());
        index.put(new NodeObject(node, "uid-" + node, Integer.toString(++version), index.desiredSpec(node), status));
        return this;
    }

    static PolicySource source(String name, long generation) {
        return new PolicySource("NetworkPolicy", name, "uid-" + name, generation);
    }
}
