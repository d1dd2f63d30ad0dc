package dev.heddle.operator.index;

import dev.heddle.crds.ClusterNetworkPolicy;
import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.PolicySource;
import dev.heddle.operator.index.Note.Reason;
import dev.heddle.policy.rule.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is worth an Event between the last written report and the next one. */
public final class Transitions {

    /** Reasons of the condition Enforced under which every node that must runs the policy. */
    private static final Set<String> ENFORCING = Set.of("Enforced", "PartlyEnforced");

    /** How many nodes an event names. */
    private static final int NAMED_NODES = 20;

    private Transitions() {}

    /**
     * The notes of one namespace.
     *
     * @param before the report as it was last written; a restarted operator reads it and repeats nothing
     */
    public static List<Note> between(@Nullable EnforcementReportStatus before, List<PolicyStanding> now) {
        List<Note> notes = new ArrayList<>();
        for (PolicyStanding standing : now) {
            PolicyReport told = reported(before, standing);
            notesOf(
                    told == null ? Told.NOTHING : new Told(true, told.problems()::contains, enforced(told)),
                    standing,
                    notes);
        }
        return notes;
    }

    /**
     * The notes of one cluster-wide policy.
     *
     * @param before its conditions as they were last written
     */
    public static List<Note> between(List<Condition> before, PolicyStanding now) {
        List<Condition> same = ClusterPolicyStatus.ours(before).stream()
                .filter(condition -> Objects.equals(
                        condition.getObservedGeneration(), now.report().generation()))
                .toList();
        List<Note> notes = new ArrayList<>();
        notesOf(
                new Told(
                        !same.isEmpty(),
                        problem -> same.stream()
                                .anyMatch(condition ->
                                        condition.getMessage().contains(ClusterPolicyStatus.text(problem))),
                        same.stream().anyMatch(condition -> ENFORCING.contains(condition.getReason()))),
                now,
                notes);
        return notes;
    }

    /**
     * What was told of the same generation before.
     *
     * @param accepted that it was there at all
     * @param problem whether this one was told
     */
    private record Told(boolean accepted, Predicate<FieldProblem> problem, boolean enforced) {
        static final Told NOTHING = new Told(false, problem -> false, false);
    }

    private static @Nullable PolicyReport reported(@Nullable EnforcementReportStatus before, PolicyStanding standing) {
        return before == null
                ? null
                : before.policies().stream()
                        .filter(report -> report.isOf(standing.source()))
                        .findFirst()
                        .orElse(null);
    }

    private static void notesOf(Told before, PolicyStanding standing, List<Note> notes) {
        PolicyReport now = standing.report();
        if (!before.accepted() && now.state() != State.REJECTED) {
            notes.add(new Note(
                    standing.source(), false, Reason.Accepted, "generation " + now.generation() + " is understood"));
        }
        for (FieldProblem problem : now.problems()) {
            if (!before.problem().test(problem)) {
                notes.add(new Note(standing.source(), true, reason(problem), text(standing.source(), problem)));
            }
        }
        if (enforced(now) && !before.enforced()) {
            notes.add(new Note(
                    standing.source(),
                    false,
                    Reason.Enforced,
                    "generation " + now.generation() + " is enforced on " + now.enforced() + " of " + now.desired()
                            + " nodes: " + named(standing.enforcedOn())));
        }
    }

    private static String named(List<String> nodes) {
        String some = String.join(", ", nodes.subList(0, Math.min(nodes.size(), NAMED_NODES)));
        return nodes.size() > NAMED_NODES ? some + ", ..." : some;
    }

    private static boolean enforced(PolicyReport report) {
        return report.desired() > 0 && (report.state() == State.ENFORCED || report.state() == State.PARTIAL);
    }

    private static Reason reason(FieldProblem problem) {
        return problem.severity() == Problem.Severity.REJECTED ? Reason.Rejected : Reason.NotEnforced;
    }

    private static String text(PolicySource policy, FieldProblem problem) {
        String text = ClusterPolicyStatus.text(problem);
        if (problem.severity() != Problem.Severity.REJECTED) {
            return text;
        }
        return text
                + (policy.kind().equals(ClusterNetworkPolicy.KIND)
                        ? "; it accepts nothing there, and denies what it may mean to deny or pass"
                        : "; the selected pods are closed in the policy's directions");
    }
}
