package dev.heddle.operator.index;

import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.crds.NodeStateStatus.LiveSet;
import dev.heddle.crds.PolicySetContent;
import dev.heddle.crds.PolicySource;
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
        index.put(new PolicyRecord(namespace, source, new Subject(namespace, subjects), translation));
        return this;
    }

    /** A policy that was understood; its rules do not matter here. */
    Cluster policy(String namespace, String name, long generation, String app) {
        return policy(namespace, name, generation, app, new Translation.Translated(List.of(), List.of()));
    }

    Cluster namespace(String name, Map<String, String> labels) {
        index.putNamespace(name, labels);
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
        return new ClusterPolicy(new PolicyRecord("", source, subject, translation), index.conditions(name));
    }

    ClusterPolicy clusterPolicy(String name, long generation, String stage) {
        return clusterPolicy(name, generation, stage, new Translation.Translated(List.of(), List.of()));
    }

    /** What the writer does: the set comes into being and is published. */
    SetRef publish(String namespace) {
        PolicySetContent content = index.content(namespace).orElse(null);
        if (content == null) {
            index.publish(namespace, SetRef.NONE);
            return SetRef.NONE;
        }
        SetRef ref = new SetRef(content.hash(), 1);
        index.put(new SetChunk(
                ref.set(),
                "uid-" + ref.set(),
                Integer.toString(++version),
                ref.set(),
                namespace,
                0,
                1,
                index.sequence(namespace) + 1,
                content.sources()));
        index.publish(namespace, ref);
        return ref;
    }

    /** The node's daemon says what its kernel runs. */
    Cluster runs(String node, String namespace, SetRef set) {
        NodeStateSpec spec = index.desiredSpec(node);
        NodeStateStatus status = new NodeStateStatus(
                1, 1, List.of(new LiveSet(namespace, set.set())), 1, List.of(), List.of(), List.of());
        index.put(new NodeObject(node, "uid-" + node, Integer.toString(++version), spec, status));
        return this;
    }

    static PolicySource source(String name, long generation) {
        return new PolicySource("NetworkPolicy", name, "uid-" + name, generation);
    }
}
