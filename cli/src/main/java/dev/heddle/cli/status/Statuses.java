package dev.heddle.cli.status;

import dev.heddle.cli.status.Status.Installation;
import dev.heddle.cli.status.Status.Node;
import dev.heddle.cli.status.Status.Policy;
import dev.heddle.cli.status.Status.State;
import dev.heddle.cli.status.StatusFacts.ClusterFacts;
import dev.heddle.cli.status.StatusFacts.ClusterPolicyObject;
import dev.heddle.cli.status.StatusFacts.InstallationObject;
import dev.heddle.cli.status.StatusFacts.NodeObject;
import dev.heddle.cli.status.StatusFacts.PolicyObject;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.HeddleStatus;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.NodeStateStatus;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Draws the conclusion from what the API server has. */
public final class Statuses {

    private Statuses() {}

    /** What is missing counts as not enforced. */
    public static Status of(StatusFacts facts) {
        List<Policy> policies = new ArrayList<>();
        if (facts.cluster() != null) {
            facts.cluster().policies().stream()
                    .sorted(Comparator.comparing(ClusterPolicyObject::name))
                    .map(Statuses::policy)
                    .forEach(policies::add);
        }
        facts.policies().stream()
                .sorted(Comparator.comparing(PolicyObject::namespace).thenComparing(PolicyObject::source))
                .map(policy -> policy(policy, facts.reports().getOrDefault(policy.namespace(), List.of())))
                .forEach(policies::add);
        boolean enforced = policies.stream().allMatch(policy -> policy.state() == State.ENFORCED);
        ClusterFacts cluster = facts.cluster();
        if (cluster == null) {
            return new Status(enforced, null, null, policies);
        }
        Installation installation = installation(cluster.installation());
        List<Node> nodes = nodes(cluster);
        return new Status(
                enforced && installation.ready() && nodes.stream().allMatch(Node::enforced),
                installation,
                nodes,
                policies);
    }

    private static Installation installation(@Nullable InstallationObject object) {
        if (object == null) {
            return new Installation(false, 0, 0, "there is no Heddle object; config/default makes one");
        }
        HeddleStatus status = object.status();
        if (status == null || status.nodes() == null) {
            return new Installation(false, 0, 0, "the operator has not reported on the Heddle object yet");
        }
        String why = status.observedGeneration() < object.generation()
                ? "generation " + object.generation() + " of the Heddle object is not deployed yet"
                : unless("Ready", status.conditions()).orElse("");
        return new Installation(
                why.isEmpty(), status.nodes().ready(), status.nodes().desired(), why);
    }

    private static List<Node> nodes(ClusterFacts cluster) {
        Map<String, NodeObject> states = new TreeMap<>();
        cluster.states().forEach(state -> states.put(state.name(), state));
        TreeSet<String> names = new TreeSet<>(cluster.nodes());
        names.addAll(states.keySet());
        return names.stream().map(name -> node(name, states.get(name))).toList();
    }

    private static Node node(String name, @Nullable NodeObject state) {
        if (state == null) {
            return new Node(name, false, "it has no NodeState yet", 0, 0, 0, 0, "", List.of(), List.of());
        }
        NodeStateStatus status = state.status();
        if (status == null) {
            return new Node(
                    name, false, "its daemon has not reported yet", 0, 0, 0, 0, state.created(), List.of(), List.of());
        }
        String why = why(state, status);
        return new Node(
                name,
                why.isEmpty(),
                why,
                status.revision(),
                status.told(),
                status.inForce(),
                status.endpoints(),
                state.created(),
                status.unprotected(),
                status.conditions());
    }

    private static String why(NodeObject state, NodeStateStatus status) {
        if (state.mode() == Mode.Detach) {
            return "Heddle is being removed from it";
        }
        Optional<String> said = unless("Ready", status.conditions()).or(() -> unless("Enforced", status.conditions()));
        if (said.isPresent()) {
            return said.get();
        }
        if (status.observedGeneration() < state.generation()) {
            return "its daemon has not seen generation " + state.generation() + " of its NodeState";
        }
        return status.inForce() < status.told() ? "sequence " + status.told() + " is not in force yet" : "";
    }

    /** What is said against a condition; empty when it is True. */
    private static Optional<String> unless(String type, List<Condition> conditions) {
        for (Condition condition : conditions) {
            if (type.equals(condition.getType())) {
                return "True".equals(condition.getStatus()) ? Optional.empty() : Optional.of(condition.getMessage());
            }
        }
        return Optional.of("the condition " + type + " is missing");
    }

    private static Policy policy(PolicyObject policy, List<PolicyReport> reports) {
        return reports.stream()
                .filter(report -> report.isOf(policy.source()))
                .findFirst()
                .map(report -> new Policy(
                        policy.source().kind(),
                        policy.namespace(),
                        policy.source().name(),
                        policy.source().generation(),
                        State.valueOf(report.state().name()),
                        report.desired(),
                        report.enforced(),
                        report.unreachable(),
                        report.waitingFor(),
                        report.problems(),
                        null))
                .orElseGet(() -> new Policy(
                        policy.source().kind(),
                        policy.namespace(),
                        policy.source().name(),
                        policy.source().generation(),
                        State.UNREPORTED,
                        0,
                        0,
                        0,
                        List.of(),
                        List.of(),
                        null));
    }

    private static Policy policy(ClusterPolicyObject policy) {
        Condition condition = policy.enforced();
        boolean known = condition != null
                && condition.getObservedGeneration() != null
                && condition.getObservedGeneration() == policy.generation();
        return new Policy(
                ClusterNetworkPolicyTranslator.KIND,
                "",
                policy.name(),
                policy.generation(),
                condition == null || !known ? State.UNREPORTED : state(condition),
                0,
                0,
                0,
                List.of(),
                List.of(),
                condition == null || !known ? null : condition.getMessage());
    }

    private static State state(Condition condition) {
        return switch (condition.getReason()) {
            case "Enforced", "NothingSelected" -> State.ENFORCED;
            case "PartlyEnforced" -> State.PARTIAL;
            case "Rejected" -> State.REJECTED;
            default -> State.PENDING;
        };
    }
}
