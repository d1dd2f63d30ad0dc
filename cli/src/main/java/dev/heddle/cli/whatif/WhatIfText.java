package dev.heddle.cli.whatif;

import dev.heddle.cli.render.Cell;
import dev.heddle.cli.render.Table;
import dev.heddle.cli.render.Tone;
import dev.heddle.cli.whatif.WhatIf.FieldProblem;
import dev.heddle.cli.whatif.WhatIf.PairChange;
import dev.heddle.cli.whatif.WhatIf.PortChange;
import dev.heddle.cli.whatif.WhatIf.Verdict;
import dev.heddle.cli.whatif.WhatIf.Workload;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a change would do, for people: a line for each pair, protocol and kind of change. */
public final class WhatIfText {

    private final boolean wide;
    private final boolean colours;
    private final int limit;

    /**
     * Chooses a form.
     *
     * @param wide what decides before, too
     * @param limit the most lines of changes; 0 for all of them
     */
    public WhatIfText(boolean wide, boolean colours, int limit) {
        this.wide = wide;
        this.colours = colours;
        this.limit = limit;
    }

    public String of(WhatIf answer) {
        StringBuilder text = new StringBuilder();
        answer.problems().forEach(problem -> text.append(problem(problem)).append('\n'));
        if (!answer.problems().isEmpty()) {
            text.append('\n');
        }
        Table table = wide
                ? new Table("FROM", "TO", "PROTOCOL", "PORTS", "CHANGE", "BECAUSE", "BEFORE")
                : new Table("FROM", "TO", "PROTOCOL", "PORTS", "CHANGE", "BECAUSE");
        List<List<Cell>> lines = lines(answer.pairs());
        int shown = limit == 0 ? lines.size() : Math.min(limit, lines.size());
        lines.subList(0, shown).forEach(table::add);
        if (!table.isEmpty()) {
            text.append(table.text(colours));
        }
        if (shown < lines.size()) {
            text.append("... and ").append(lines.size() - shown).append(" more; --limit 0 shows all.\n");
        }
        if (!table.isEmpty()) {
            text.append('\n');
        }
        text.append(sum(answer)).append('\n');
        answer.notes().forEach(note -> text.append("Note: ").append(note).append(".\n"));
        return text.toString();
    }

    private String problem(FieldProblem problem) {
        Tone tone = problem.severity() == Severity.REJECTED ? Tone.BAD : Tone.WARNING;
        return tone.paint(problem.severity().name(), colours) + " " + problem.at() + ": " + problem.message();
    }

    private List<List<Cell>> lines(List<PairChange> pairs) {
        List<List<Cell>> lines = new ArrayList<>();
        for (PairChange pair : pairs) {
            for (PortChange change : pair.changes()) {
                List<Cell> line = new ArrayList<>(List.of(
                        Cell.of(name(pair.from())),
                        Cell.of(name(pair.to())),
                        Cell.of(change.protocol() + (pair.family() == null ? "" : " " + pair.family())),
                        Cell.of(change.ports()),
                        new Cell(
                                word(change.now()) + " -> " + word(change.then()),
                                change.then() == Verdict.ALLOWED ? Tone.GOOD : Tone.BAD),
                        Cell.of(rule(change.after()))));
                if (wide) {
                    line.add(Cell.of(rule(change.before())));
                }
                lines.add(line);
            }
        }
        return lines;
    }

    private static String name(Workload workload) {
        if (workload.pods() == null || (workload.pods() == 1 && workload.example() == null)) {
            return workload.name();
        }
        String which = workload.example() == null ? "" : ", such as " + workload.example();
        return workload.name() + " (" + workload.pods() + (workload.pods() == 1 ? " pod" : " pods") + which + ")";
    }

    private static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static String rule(@Nullable Origin rule) {
        return rule == null ? "no rule decides" : rule.toString();
    }

    private String sum(WhatIf answer) {
        String looked = " (" + answer.groups() + " groups that policies tell apart; the change concerns "
                + answer.compared() + " pairs of them)";
        return answer.changes()
                ? Tone.WARNING.paint(
                                (answer.pairs().size() == 1
                                        ? "1 pair changes."
                                        : answer.pairs().size() + " pairs change."),
                                colours)
                        + looked
                : Tone.GOOD.paint("Nothing changes.", colours) + looked;
    }
}
