package dev.heddle.operator.index;

import static java.util.stream.Collectors.joining;

import dev.heddle.crds.ClusterNetworkPolicyStatus;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a ClusterNetworkPolicy's conditions say: how its {@link PolicyStanding} reads in its status. */
public final class ClusterPolicyStatus {

    private static final Set<String> OURS =
            Set.of(ClusterNetworkPolicyStatus.ACCEPTED, ClusterNetworkPolicyStatus.ENFORCED);

    /** How many fields a condition names before it only counts them; its message has a bound. */
    private static final int NAMED_PROBLEMS = 20;

    private ClusterPolicyStatus() {}

    /** Those that Heddle wrote. */
    public static List<Condition> ours(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> OURS.contains(condition.getType()))
                .toList();
    }

    /**
     * Heddle's conditions as they should be.
     *
     * @param before the conditions as they are; what does not change keeps its times
     * @param now RFC 3339 time for conditions that change
     */
    public static List<Condition> conditions(PolicyStanding standing, List<Condition> before, String now) {
        PolicyReport report = standing.report();
        Conditions conditions = new Conditions(before, now, report.generation());
        boolean rejected = report.state() == State.REJECTED;
        conditions.set(
                ClusterNetworkPolicyStatus.ACCEPTED,
                !rejected,
                rejected ? "Rejected" : "Accepted",
                rejected
                        ? "not understood or beyond a limit, and closed for the pods that it selects: "
                                + problems(report)
                        : "generation " + report.generation() + " is understood");
        conditions.set(
                ClusterNetworkPolicyStatus.ENFORCED,
                report.state() == State.ENFORCED,
                switch (report.state()) {
                    case ENFORCED -> report.desired() > 0 ? "Enforced" : "NothingSelected";
                    case PARTIAL -> "PartlyEnforced";
                    case PENDING -> "Pending";
                    case REJECTED -> "Rejected";
                },
                "enforced on " + report.enforced() + " of " + report.desired() + " nodes"
                        + (report.desired() == 0 ? ": it selects no pod that runs" : "") + rest(report));
        return conditions.list();
    }

    /** All conditions after Heddle's were written. */
    public static List<Condition> replaced(List<Condition> before, List<Condition> ours) {
        return Stream.concat(before.stream().filter(condition -> !OURS.contains(condition.getType())), ours.stream())
                .toList();
    }

    private static String rest(PolicyReport report) {
        String waiting = report.waitingFor().isEmpty()
                ? ""
                : "; waits for " + String.join(", ", report.waitingFor())
                        + (report.desired() - report.enforced()
                                        > report.waitingFor().size()
                                ? ", ..."
                                : "")
                        + (report.unreachable() > 0 ? " (" + report.unreachable() + " unreachable)" : "");
        return waiting + (report.problems().isEmpty() ? "" : "; not as written: " + problems(report));
    }

    private static String problems(PolicyReport report) {
        List<FieldProblem> problems = report.problems();
        return problems.stream()
                        .limit(NAMED_PROBLEMS)
                        .map(ClusterPolicyStatus::text)
                        .collect(joining("; "))
                + (problems.size() > NAMED_PROBLEMS ? "; and " + (problems.size() - NAMED_PROBLEMS) + " more" : "");
    }

    /** How a condition says a problem. */
    static String text(FieldProblem problem) {
        return problem.field() + ": " + problem.message();
    }
}
