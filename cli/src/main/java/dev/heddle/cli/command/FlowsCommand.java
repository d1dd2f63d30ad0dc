package dev.heddle.cli.command;

import dev.heddle.cli.explain.Place;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.flows.Flows;
import dev.heddle.cli.flows.FlowsText;
import dev.heddle.cli.flows.Wanted;
import dev.heddle.crds.live.FlowVerdict;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kubectl heddle flows}. */
@Command(
        name = "flows",
        description = {
            "What nodes did with packets lately: the first packet of each flow that passed, and each that was dropped, with "
                    + "both ends and the rule that decided.",
            "Daemons hold the newest records in memory only; what is missing is counted and said. The nodes are asked by exec "
                    + "into Heddle's daemons."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every node that was asked answered",
            "2:some did not, and are named",
            "3:there is no answer; standard error says why"
        })
final class FlowsCommand implements Callable<Integer> {

    private static final int LINES = 500;
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smh])");

    /** Verdicts as people type them. */
    enum Verdict {
        allowed,
        dropped
    }

    private final Session session;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "POD",
            description =
                    "POD or NAMESPACE/POD at one end; its node is asked. Otherwise all nodes are, about the namespace "
                            + "of -n or about all.")
    private @Nullable String pod;

    @Option(names = "--verdict", paramLabel = "NAME", description = "One of ${COMPLETION-CANDIDATES}; otherwise both.")
    private @Nullable Verdict verdict;

    @Option(names = "--since", paramLabel = "AGE", description = "Records at most this old, such as 90s, 10m or 2h.")
    private @Nullable String since;

    @Option(names = "--node", paramLabel = "NAME", description = "Ask this node, and no other.")
    private @Nullable String node;

    @Option(
            names = "--limit",
            paramLabel = "RECORDS",
            description = "The most records, the newest; 0 for all. ${DEFAULT-VALUE} when it is not given.")
    private int limit = LINES;

    @Mixin
    private final DaemonOptions daemons = new DaemonOptions();

    @Mixin
    private final ClusterOptions options = new ClusterOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    FlowsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Cluster cluster = session.open(options)) {
            Flows flows = Flows.of(cluster.flows(daemons.namespace(), wanted(cluster)), limit);
            if (flows.nodes().isEmpty()) {
                throw new NoAnswerException(flows.silent().stream()
                        .map(silent -> "node " + silent.node() + " did not answer: " + silent.why())
                        .collect(Collectors.joining("; ")));
            }
            session.print(output.print(flows, wide -> new FlowsText(wide, session.colours()).of(flows)));
            return flows.silent().isEmpty() ? ExitCode.YES : ExitCode.DIFFERS;
        }
    }

    private Wanted wanted(Cluster cluster) {
        FlowVerdict only =
                verdict == null ? null : FlowVerdict.valueOf(verdict.name().toUpperCase(Locale.ROOT));
        if (pod == null) {
            return new Wanted(options.namespace(), null, node, only, seconds(), limit);
        }
        if (Place.parse(pod, cluster.namespace()) instanceof Place.Pod(var namespace, var name)) {
            return new Wanted(namespace, name, node, only, seconds(), limit);
        }
        throw new NoAnswerException("'" + pod + "' is no pod; give POD or NAMESPACE/POD");
    }

    private long seconds() {
        if (since == null) {
            return 0;
        }
        Matcher age = AGE.matcher(since);
        if (!age.matches() || Long.parseLong(age.group(1)) == 0) {
            throw new NoAnswerException("'" + since + "' is no age; give one such as 90s, 10m or 2h");
        }
        long number = Long.parseLong(age.group(1));
        return switch (age.group(2)) {
            case "s" -> number;
            case "m" -> 60 * number;
            default -> 3600 * number;
        };
    }
}
