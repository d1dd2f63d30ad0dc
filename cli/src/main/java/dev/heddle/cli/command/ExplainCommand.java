package dev.heddle.cli.command;

import dev.heddle.cli.explain.Asked;
import dev.heddle.cli.explain.Explainer;
import dev.heddle.cli.explain.Explanation;
import dev.heddle.cli.explain.Explanation.Verdict;
import dev.heddle.cli.explain.ExplanationText;
import dev.heddle.cli.explain.LiveView;
import dev.heddle.cli.explain.Place;
import dev.heddle.policy.rule.Direction;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kubectl heddle explain}. */
@Command(
        name = "explain",
        description = {
            "Why a connection is allowed or denied: the verdict of the sender's egress and of the receiver's ingress, the "
                    + "rule that decided, and the rules that were asked before it.",
            "Both by the policies as they are written and by the tables in the kernels of the two nodes; it says when and "
                    + "why these differ. The nodes are asked by exec into Heddle's daemons."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the connection is allowed",
            "1:the connection is denied",
            "2:packets get another verdict than the one that is written",
            "3:there is no answer; standard error says why"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final String ENDS = "POD, NAMESPACE/POD, deploy/NAME (sts, ds, job, rs; also behind a NAMESPACE/), "
            + "node/NAME, an IP address, or world.";

    private final Session session;

    @Parameters(index = "0", paramLabel = "FROM", description = "Who connects: " + ENDS)
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "To whom; the same.")
    private String to = "";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "The destination port: a number, or a name that the receiver gives one of its ports. Otherwise the "
                            + "only one that the receiver declares.")
    private @Nullable String port;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}; tcp when it is not given.")
    private Asked.Protocol protocol = Asked.Protocol.tcp;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}; otherwise that of the receiver's first address.")
    private Asked.@Nullable Family family;

    @Option(names = "--no-live", description = "Do not ask the nodes: only what is written counts.")
    private boolean withoutLive;

    @Mixin
    private final DaemonOptions daemons = new DaemonOptions();

    @Mixin
    private final ClusterOptions options = new ClusterOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Cluster cluster = session.open(options)) {
            Place sender = Place.parse(from, cluster.namespace());
            Place receiver = Place.parse(to, cluster.namespace());
            Explainer explainer = new Explainer(cluster.explain(sender, receiver), new Asked(protocol, port, family));
            Map<Direction, LiveView> live = withoutLive
                    ? Map.of()
                    : cluster.live(daemons.namespace(), explainer.connection().halves());
            Explanation explanation = explainer.explain(live);
            session.print(
                    output.print(explanation, wide -> new ExplanationText(wide, session.colours()).of(explanation)));
            return exitCode(explanation);
        }
    }

    private static int exitCode(Explanation explanation) {
        if (!explanation.agrees()) {
            return ExitCode.DIFFERS;
        }
        return explanation.written() == Verdict.ALLOWED ? ExitCode.YES : ExitCode.NO;
    }
}
