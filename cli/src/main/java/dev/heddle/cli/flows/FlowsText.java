package dev.heddle.cli.flows;

import dev.heddle.cli.flows.Flows.NodeHolds;
import dev.heddle.cli.flows.Flows.Told;
import dev.heddle.cli.render.Cell;
import dev.heddle.cli.render.Table;
import dev.heddle.cli.render.Tone;
import dev.heddle.crds.live.FlowEnd;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.FlowsHeld.Held;
import dev.heddle.crds.live.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Records for people, one on a line. */
public final class FlowsText {

    private final boolean wide;
    private final boolean colours;

    /**
     * Chooses a form.
     *
     * @param wide nodes, addresses and revisions, too
     */
    public FlowsText(boolean wide, boolean colours) {
        this.wide = wide;
        this.colours = colours;
    }

    public String of(Flows flows) {
        Table table = wide
                ? new Table(
                        "TIME",
                        "NODE",
                        "VERDICT",
                        "HOOK",
                        "FROM",
                        "ADDRESS",
                        "TO",
                        "ADDRESS",
                        "PORT",
                        "BECAUSE",
                        "REVISION",
                        "UNSAID")
                : new Table("TIME", "VERDICT", "HOOK", "FROM", "TO", "PORT", "BECAUSE");
        flows.flows().forEach(told -> table.add(row(told)));
        StringBuilder text = new StringBuilder();
        if (!table.isEmpty()) {
            text.append(table.text(colours)).append('\n');
        }
        text.append(sum(flows)).append('\n');
        notes(flows).forEach(note -> text.append("Note: ").append(note).append(".\n"));
        return text.toString();
    }

    private List<Cell> row(Told told) {
        FlowRecord flow = told.flow();
        List<Cell> row = new ArrayList<>(List.of(Cell.of(flow.time())));
        if (wide) {
            row.add(Cell.of(told.node()));
        }
        row.add(new Cell(flow.verdict().name(), flow.verdict() == FlowVerdict.ALLOWED ? Tone.GOOD : Tone.BAD));
        row.add(Cell.of(flow.direction().name().toLowerCase(Locale.ROOT)));
        end(row, flow.source());
        end(row, flow.destination());
        row.add(Cell.of(protocol(flow.protocol())
                + (flow.destination().port() == 0
                        ? ""
                        : " " + flow.destination().port())));
        row.add(Cell.of(because(flow)));
        if (wide) {
            row.add(Cell.of(flow.revision()));
            row.add(Cell.of(flow.unsaid()));
        }
        return row;
    }

    private void end(List<Cell> row, FlowEnd end) {
        row.add(Cell.of(who(end)));
        if (wide) {
            row.add(Cell.of(
                    (end.address().contains(":") ? "[" + end.address() + "]" : end.address()) + ":" + end.port()));
        }
    }

    private static String who(FlowEnd end) {
        Party who = end.who();
        String range = who.range() == null ? "" : " in " + who.range();
        return switch (who.kind()) {
            case POD -> (who.pod() == null ? labels(who) : who.namespace() + "/" + who.pod()) + range;
            case HOST -> "its node";
            case NODE -> end.address() + " (a node)";
            case WORLD -> end.address() + " (world)" + range;
            case PENDING -> end.address() + " (pending)" + range;
            case UNKNOWN -> end.address();
        };
    }

    private static String labels(Party pod) {
        String labels = pod.labels() == null
                ? ""
                : pod.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
        return pod.namespace() + (labels.isEmpty() ? " (no labels)" : " (" + labels + ")");
    }

    private static String protocol(int number) {
        return switch (number) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 58 -> "ICMPv6";
            case 132 -> "SCTP";
            default -> "protocol " + number;
        };
    }

    /** The rule says more than that policy denied it. */
    private static String because(FlowRecord flow) {
        if (flow.rule() != null) {
            return flow.rule().toString();
        }
        if (flow.verdict() == FlowVerdict.ALLOWED || flow.reason().isEmpty()) {
            return flow.why();
        }
        return flow.reason() + (flow.why().isEmpty() ? "" : ": " + flow.why());
    }

    private static String sum(Flows flows) {
        int asked = flows.nodes().size() + flows.silent().size();
        return count(flows.matching(), "record") + " of " + count(asked, "node") + ".";
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static List<String> notes(Flows flows) {
        List<String> notes = new ArrayList<>();
        if (flows.matching() > flows.flows().size()) {
            notes.add("only the newest " + flows.flows().size() + " are shown; --limit 0 shows all");
        }
        for (NodeHolds node : flows.nodes()) {
            for (Held held : node.held()) {
                if (held.overwritten() + held.suppressed() + held.lost() > 0) {
                    notes.add(missing(node.node(), held));
                }
            }
        }
        flows.silent().forEach(silent -> notes.add("node " + silent.node() + " did not answer: " + silent.why()));
        return notes;
    }

    private static String missing(String node, Held held) {
        return "node " + node + " holds what was " + held.verdict().name().toLowerCase(Locale.ROOT)
                + (held.since() == null ? "" : " since " + held.since()) + "; of other such packets, "
                + held.overwritten() + " records are overwritten, " + held.suppressed()
                + " were beyond the limit of a second, and " + held.lost() + " found no room";
    }
}
