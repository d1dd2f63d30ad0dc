package dev.heddle.cli.explain;

import dev.heddle.cli.explain.Explanation.EndName;
import dev.heddle.cli.explain.Explanation.Half;
import dev.heddle.cli.explain.Explanation.Kernel;
import dev.heddle.cli.explain.Explanation.Step;
import dev.heddle.cli.explain.Explanation.Verdict;
import dev.heddle.cli.render.Cell;
import dev.heddle.cli.render.Table;
import dev.heddle.cli.render.Tone;
import dev.heddle.policy.oracle.Reasoning.Outcome;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An explanation for people. */
public final class ExplanationText {

    private static final String INDENT = "  ";

    private final boolean wide;
    private final boolean colours;

    /**
     * Chooses a form.
     *
     * @param wide every policy that selects a pod, and where in the tables the kernel's answer was found, too
     */
    public ExplanationText(boolean wide, boolean colours) {
        this.wide = wide;
        this.colours = colours;
    }

    public String of(Explanation explanation) {
        StringBuilder text = new StringBuilder(head(explanation)).append('\n');
        for (Half half : explanation.halves()) {
            text.append('\n').append(half(half));
        }
        if (!explanation.notes().isEmpty()) {
            text.append('\n');
            explanation
                    .notes()
                    .forEach(note -> text.append("Note: ").append(note).append(".\n"));
        }
        return text.toString();
    }

    private String head(Explanation explanation) {
        String verdict = explanation.agrees()
                ? verdict(explanation.written())
                : Tone.WARNING.paint("DIFFERS", colours) + ": written " + verdict(explanation.written()) + ", in force "
                        + verdict(explanation.effective());
        return verdict + "  " + end(explanation.from()) + " -> " + end(explanation.to()) + "  " + explanation.protocol()
                + (explanation.port() == 0 ? "" : " " + explanation.port());
    }

    private static String end(EndName end) {
        return end.name()
                + (end.name().equals(end.address())
                        ? ""
                        : " (" + end.address() + (end.node() == null ? "" : " on " + end.node()) + ")");
    }

    private String half(Half half) {
        StringBuilder text = new StringBuilder(half.direction() == Direction.EGRESS ? "Egress of " : "Ingress of ")
                .append(Tone.STRONG.paint(half.pod(), colours))
                .append(": ")
                .append(verdict(half.verdict()))
                .append(by(half.rule(), half.why()))
                .append('\n');
        Table table = new Table("TIER", "POLICY", "FIELD", "RULE", "OUTCOME");
        for (Step step : half.steps()) {
            table.add(List.of(
                    Cell.of(step.tier() + (step.tier().equals("NetworkPolicy") ? "" : " " + step.priority())),
                    Cell.of(object(step.rule())),
                    Cell.of(step.rule().field()),
                    Cell.of(step.asks()),
                    new Cell(outcome(step.outcome()), tone(step.outcome()))));
        }
        if (!table.isEmpty()) {
            text.append(table.text(colours).indent(INDENT.length()));
        }
        if (wide && !half.selectedBy().isEmpty()) {
            text.append(INDENT)
                    .append("selected by ")
                    .append(String.join(", ", half.selectedBy()))
                    .append('\n');
        }
        text.append(INDENT).append(kernel(half)).append('\n');
        half.differences()
                .forEach(reason -> text.append(INDENT)
                        .append(Tone.WARNING.paint("differs", colours))
                        .append(": ")
                        .append(reason)
                        .append('\n'));
        return text.toString();
    }

    private String kernel(Half half) {
        Kernel kernel = half.kernel();
        if (kernel.verdict() == null) {
            return "in the kernel of " + half.node() + ": " + Tone.FAINT.paint("unknown", colours) + ", "
                    + kernel.why();
        }
        boolean same = kernel.rule() != null && half.rule() != null && isSame(kernel.rule(), half.rule());
        return "in the kernel of " + half.node() + ", revision " + kernel.revision() + ": "
                + verdict(kernel.verdict())
                + (same ? " by the same rule" : by(kernel.rule(), kernel.why()))
                + (wide && kernel.places() != null ? " (" + places(kernel) + ")" : "");
    }

    private static boolean isSame(Origin one, Origin other) {
        return one.object().equals(other.object()) && one.field().equals(other.field());
    }

    private static String places(Kernel kernel) {
        var places = kernel.places();
        return places == null
                ? ""
                : "device " + places.ifindex() + ", subject " + places.subject() + ", " + places.peerText()
                        + " of class " + places.peerClass() + ", row " + places.row() + ", port class "
                        + places.portClass() + ", rule " + places.rule();
    }

    private static String by(@Nullable Origin rule, String why) {
        if (rule == null) {
            return why.isEmpty() ? "" : ", " + why;
        }
        return " by " + rule + (why.isEmpty() ? "" : ": " + why);
    }

    private static String object(Origin rule) {
        return rule.namespace().isEmpty() ? rule.name() : rule.namespace() + "/" + rule.name();
    }

    private String verdict(Verdict verdict) {
        return (verdict == Verdict.ALLOWED ? Tone.GOOD : Tone.BAD).paint(verdict.name(), colours);
    }

    private static String outcome(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTS -> "accepts";
            case DENIES -> "denies";
            case DENIES_UNKNOWN_PEER -> "denies: nobody knows who has the address";
            case SPARES_OWN_NODE -> "spares the pod's own node";
            case PASSES -> "passes on to the next tier";
            case PASSED_OVER -> "not asked: passed on before";
            case OTHER_PEER -> "another peer";
            case OTHER_PORT -> "another port";
        };
    }

    private static Tone tone(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTS, SPARES_OWN_NODE -> Tone.GOOD;
            case DENIES, DENIES_UNKNOWN_PEER -> Tone.BAD;
            case PASSES -> Tone.WARNING;
            case PASSED_OVER, OTHER_PEER, OTHER_PORT -> Tone.FAINT;
        };
    }
}
