package dev.heddle.cli.explain;

import dev.heddle.cli.explain.ExplainFacts.NodeReport;
import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.People;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.whatif.Manifests;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small cluster to ask about, in the words of the tests. Pods are in namespaces {@code shop} and {@code data}, labelled
 * {@code team} with their name, and have the label {@code app}; {@code web} runs on node1, all others on node2.
 */
final class Town {

    private static final Map<String, PodFacts> PODS = Map.of(
            "web", People.pod("shop", "web", 1, "node1", "10.244.1.5", "fd00:244:1::5"),
            "api", People.pod("shop", "api", 1, "node2", "10.244.2.6", "fd00:244:2::6"),
            "old", People.pod("shop", "old", 1, "node2", "10.244.2.9"),
            "db", People.pod("data", "db", 1, "node2", "10.244.2.7", "fd00:244:2::7"));
    private static final Map<String, NodeFacts> NODES = Map.of(
            "node1", People.node("node1", "10.244.1.0/24", "172.30.0.1"),
            "node2", People.node("node2", "10.244.2.0/24", "172.30.0.2"));

    private final String policies;
    private final Map<String, NodeReport> reports = new HashMap<>();
    private final Map<Direction, LiveView> live = new HashMap<>();
    private Asked asked = new Asked(Asked.Protocol.tcp, "8080", null);

    private Town(String policies) {
        this.policies = policies;
    }

    /** With these policies, as people write them. */
    static Town with(String policies) {
        return new Town(policies);
    }

    static PodFacts pod(String name) {
        PodFacts pod = PODS.get(name);
        if (pod == null) {
            throw new IllegalArgumentException(name);
        }
        return pod;
    }

    Town at(Asked.Protocol protocol, String port) {
        asked = new Asked(protocol, port.isEmpty() ? null : port, asked.family());
        return this;
    }

    Town over(Asked.Family family) {
        asked = new Asked(asked.protocol(), asked.port(), family);
        return this;
    }

    /** What the daemon of one end says. */
    Town live(Direction direction, LiveView view) {
        live.put(direction, view);
        return this;
    }

    Town node(String name, NodeReport report) {
        reports.put(name, report);
        return this;
    }

    /** Ends are names of pods, of nodes, addresses, or world. */
    Explanation asks(String from, String to) {
        return explainer(from, to).explain(live);
    }

    Explainer explainer(String from, String to) {
        return new Explainer(
                new ExplainFacts(
                        end(from),
                        end(to),
                        Manifests.read(policies, "test", "shop").policies(),
                        reports,
                        List.of()),
                asked);
    }

    private static End end(String name) {
        if (name.equals("world")) {
            return new End.World();
        }
        if (PODS.containsKey(name)) {
            PodFacts pod = pod(name);
            return new End.OfPod(pod, Map.of("team", pod.namespace()));
        }
        NodeFacts node = NODES.get(name);
        if (node != null) {
            return new End.OfNode(node);
        }
        try {
            Cidr address = Cidr.host(name);
            boolean inPodRange = NODES.values().stream()
                    .anyMatch(each -> each.podRanges().getFirst().contains(address));
            return new End.OfAddress(address, inPodRange);
        } catch (IllegalArgumentException e) {
            throw new NoAnswerException(name, e);
        }
    }
}
