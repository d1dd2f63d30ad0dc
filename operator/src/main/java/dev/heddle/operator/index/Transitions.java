package dev.heddle.operator.index;

import dev.heddle.crds.EnforcementReportStatus;
import dev.heddle.crds.EnforcementReportStatus.FieldProblem;
import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.operator.index.Note.Reason;
import dev.heddle.policy.rule.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is worth an Event between the last written report and the next one. */
public final class Transitions {

    private Transitions() {}

    /**
     * The notes of one namespace.
     *
     * @param before the report as it was last written; a restarted operator reads it and repeats nothing
     */
    public static List<Note> between(@Nullable EnforcementReportStatus before, List<PolicyStanding> now) {
        List<Note> notes = new ArrayList<>();
        for (PolicyStanding standing : now) {
            notesOf(reported(before, standing), standing, notes);
        }
        return notes;
    }

    private static @Nullable PolicyReport reported(@Nullable EnforcementReportStatus before, PolicyStanding standing) {
        return before == null
                ? null
                : before.policies().stream()
                        .filter(report -> report.kind().equals(standing.source().kind())
                                && report.name().equals(standing.source().name())
                                && report.generation() == standing.source().generation())
                        .findFirst()
                        .orElse(null);
    }

    /** @param before the report of the same generation, if there was one */
    private static void notesOf(@Nullable PolicyReport before, PolicyStanding standing, List<Note> notes) {
        PolicyReport now = standing.report();
        if (before == null && now.state() != State.REJECTED) {
            notes.add(new Note(
                    standing.source(), false, Reason.Accepted, "generation " + now.generation() + " is understood"));
        }
        for (FieldProblem problem : now.problems()) {
            if (before == null || !before.problems().contains(problem)) {
                notes.add(new Note(standing.source(), true, reason(problem), text(problem)));
            }
        }
        if (enforced(now) && (before == null || !enforced(before))) {
            notes.add(new Note(
                    standing.source(),
                    false,
                    Reason.Enforced,
                    "generation " + now.generation() + " is enforced on " + now.enforced() + " of " + now.desired()
                            + " nodes: " + String.join(", ", standing.enforcedOn())));
        }
    }

    private static boolean enforced(PolicyReport report) {
        return report.desired() > 0 && (report.state() == State.ENFORCED || report.state() == State.PARTIAL);
    }

    private static Reason reason(FieldProblem problem) {
        return problem.severity() == Problem.Severity.REJECTED ? Reason.Rejected : Reason.NotEnforced;
    }

    private static String text(FieldProblem problem) {
        return problem.field() + ": " + problem.message()
                + (problem.severity() == Problem.Severity.REJECTED
                        ? "; the selected pods are closed in the policy's directions"
                        : "");
    }
}
