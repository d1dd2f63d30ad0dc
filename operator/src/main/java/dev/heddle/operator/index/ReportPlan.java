package dev.heddle.operator.index;

import static java.util.stream.Collectors.joining;

import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.NodeStateSpec.Mode;
import dev.heddle.crds.PolicySource;
import dev.heddle.crds.TranslatedPolicy;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far the policies of a namespace are enforced, from what the nodes say.
 *
 * <p>A node enforces a generation when it runs the head of a sequence since which the generation is in the rules. That is written
 * in the head, which makes "enforced" sticky: nothing is remembered, so a restarted operator says the same.
 */
public final class ReportPlan {

    /** How many nodes a report names before it only counts them. */
    private static final int NAMED_NODES = 5;

    private ReportPlan() {}

    /** One standing for each policy of the namespace, sorted by kind and name. */
    public static List<PolicyStanding> standings(Index index, String namespace) {
        Map<PolicySource, Long> since = index.since(namespace);
        Map<String, Long> running = new HashMap<>();
        return index.policies(namespace).stream()
                .map(policy -> standing(index, policy, since.getOrDefault(policy.source(), Long.MAX_VALUE), running))
                .toList();
    }

    /** @param running the sequence that each node runs, as far as it was looked up */
    private static PolicyStanding standing(
            Index index, TranslatedPolicy policy, long since, Map<String, Long> running) {
        SortedSet<String> desired = desiredNodes(index, policy);
        List<String> enforced = new ArrayList<>();
        List<String> waitingFor = new ArrayList<>();
        Set<FieldProblem> problems = new LinkedHashSet<>();
        policy.translation().problems().forEach(problem -> problems.add(fieldProblem(problem)));
        int unreachable = 0;
        for (String node : desired) {
            if (running.computeIfAbsent(node, key -> running(index, policy.namespace(), key)) >= since) {
                enforced.add(node);
            } else {
                waitingFor.add(node);
                NodeRecord record = index.node(node);
                unreachable += record == null || !record.ready() ? 1 : 0;
            }
            problems.addAll(failuresOf(index, policy, node));
        }
        State state = state(policy, problems, waitingFor.isEmpty());
        PolicyReport report = new PolicyReport(
                policy.source().kind(),
                policy.source().name(),
                policy.source().uid(),
                policy.source().generation(),
                desired.size(),
                enforced.size(),
                unreachable,
                waitingFor.stream().limit(NAMED_NODES).toList(),
                List.copyOf(problems),
                state);
        return new PolicyStanding(policy.source(), report, List.copyOf(enforced));
    }

    private static State state(TranslatedPolicy policy, Set<FieldProblem> problems, boolean everywhere) {
        if (policy.rejected()
                || problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.REJECTED)) {
            return State.REJECTED;
        }
        if (!everywhere) {
            return State.PENDING;
        }
        return problems.isEmpty() ? State.ENFORCED : State.PARTIAL;
    }

    /** The nodes with a pod that the policy selects. */
    static SortedSet<String> desiredNodes(Index index, TranslatedPolicy policy) {
        SortedSet<String> nodes = new TreeSet<>();
        for (String namespace : selectedNamespaces(index, policy.subject())) {
            for (PodRecord pod : index.pods(namespace)) {
                if (!nodes.contains(pod.node()) && policy.subject().pods().matches(pod.labels())) {
                    nodes.add(pod.node());
                }
            }
        }
        return nodes;
    }

    private static List<String> selectedNamespaces(Index index, Subject subject) {
        LabelSelector selector = subject.namespaces();
        return selector == null
                ? List.of(subject.namespace())
                : index.namespaces().stream()
                        .filter(namespace -> selector.matches(namespace.labels()))
                        .map(NamespaceRecord::name)
                        .toList();
    }

    /** The sequence of the namespace's head that the node's kernel runs; 0: none. */
    private static long running(Index index, String namespace, String node) {
        NodeObject object = index.nodeObject(node);
        return object == null || object.status() == null || object.spec().mode() == Mode.Detach
                ? 0
                : object.status().sequenceOf(namespace);
    }

    private static List<FieldProblem> failuresOf(Index index, TranslatedPolicy policy, String node) {
        NodeObject object = index.nodeObject(node);
        if (object == null || object.status() == null) {
            return List.of();
        }
        PolicySource source = policy.source();
        return object.status().failures().stream()
                .filter(failure -> failure.namespace().equals(policy.namespace())
                        && failure.kind().equals(source.kind())
                        && failure.name().equals(source.name())
                        && failure.generation() == source.generation())
                .map(failure -> new FieldProblem(failure.field(), failure.message(), failure.severity()))
                .toList();
    }

    private static FieldProblem fieldProblem(Problem problem) {
        return new FieldProblem(problem.origin().field(), problem.message(), problem.severity());
    }

    /**
     * The status of the namespace's report.
     *
     * @param before the status that it has; its conditions keep their times while they do not change
     * @param now RFC 3339 time for conditions that change
     */
    public static EnforcementReportStatus status(
            List<PolicyStanding> standings, @Nullable EnforcementReportStatus before, String now) {
        List<PolicyReport> policies =
                standings.stream().map(PolicyStanding::report).toList();
        Conditions conditions = new Conditions(before == null ? List.of() : before.conditions(), now);
        String rejected = policies.stream()
                .filter(policy -> policy.state() == State.REJECTED)
                .map(PolicyReport::name)
                .collect(joining(", "));
        conditions.set(
                "Accepted",
                rejected.isEmpty(),
                rejected.isEmpty() ? "AllAccepted" : "Rejected",
                rejected.isEmpty()
                        ? "all policies are understood"
                        : "not understood or beyond a limit, and closed for the pods they select: " + rejected);
        List<PolicyReport> open = policies.stream()
                .filter(policy -> policy.state() != State.ENFORCED)
                .toList();
        conditions.set(
                "Enforced",
                open.isEmpty(),
                open.isEmpty() ? "AllEnforced" : "NotAllEnforced",
                policies.size() - open.size()
                        + " of " + policies.size() + " policies are enforced as written"
                        + open.stream().map(ReportPlan::why).collect(joining()));
        return new EnforcementReportStatus(policies, conditions.list());
    }

    private static String why(PolicyReport policy) {
        return "; " + policy.name()
                + switch (policy.state()) {
                    case ENFORCED -> " is enforced";
                    case PARTIAL -> " is enforced but for " + fields(policy);
                    case REJECTED -> " is rejected for " + fields(policy);
                    case PENDING -> " waits for " + String.join(", ", policy.waitingFor());
                };
    }

    private static String fields(PolicyReport policy) {
        return policy.problems().stream().map(FieldProblem::field).distinct().collect(joining(", "));
    }
}
