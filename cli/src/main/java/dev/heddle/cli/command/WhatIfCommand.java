package dev.heddle.cli.command;

import dev.heddle.cli.facts.PolicyObject;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.whatif.Manifests;
import dev.heddle.cli.whatif.Proposal;
import dev.heddle.cli.whatif.WhatIf;
import dev.heddle.cli.whatif.WhatIfText;
import dev.heddle.cli.whatif.WhatIfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kubectl heddle whatif}. */
@Command(
        name = "whatif",
        description = {
            "What a change of policies would do: which connections between the workloads that run now change their verdict.",
            "Nothing is applied. Problems of the policies are shown with the field's name. Every port and protocol is "
                    + "considered, and so are nodes and the world outside."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing would change",
            "2:something would change, or a policy cannot be understood",
            "3:there is no answer; standard error says why"
        })
final class WhatIfCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    private static final int LINES = 500;

    private final Session session;

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            description =
                    "NetworkPolicies and ClusterNetworkPolicies that would be applied, as YAML or JSON, any number of "
                            + "documents; a folder's *.yaml, *.yml and *.json; - is standard input. May be repeated.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--delete",
            paramLabel = "KIND/NAME",
            description = "A policy that would be deleted: networkpolicy/NAME, networkpolicy/NAMESPACE/NAME or "
                    + "clusternetworkpolicy/NAME. May be repeated.")
    private List<String> deleted = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "LINES",
            description = "The most lines of changes in a table; 0 for all. ${DEFAULT-VALUE} when it is not given.")
    private int limit = LINES;

    @Mixin
    private final ClusterOptions options = new ClusterOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    WhatIfCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (files.isEmpty() && deleted.isEmpty()) {
            throw new NoAnswerException("nothing would be changed; give -f FILE or --delete KIND/NAME");
        }
        try (Cluster cluster = session.open(options)) {
            String namespace = cluster.namespace();
            List<PolicyObject> applied = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            for (String file : files) {
                for (String each : inFolder(file)) {
                    Manifests manifests = Manifests.read(text(each), each, namespace);
                    applied.addAll(manifests.policies());
                    manifests.ignored().forEach(other -> notes.add(other + " is no policy, and not considered"));
                }
            }
            List<PolicyObject.Key> gone =
                    deleted.stream().map(text -> Manifests.key(text, namespace)).toList();
            WhatIf answer = WhatIfs.of(cluster.whatIf(), new Proposal(applied, gone), notes);
            session.print(output.print(answer, wide -> new WhatIfText(wide, session.colours(), limit).of(answer)));
            return answer.changes() || !answer.understood() ? ExitCode.DIFFERS : ExitCode.YES;
        }
    }

    private static List<String> inFolder(String file) {
        Path folder = Path.of(file);
        if (file.equals(STANDARD_INPUT) || !Files.isDirectory(folder)) {
            return List.of(file);
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(Path::toString)
                    .filter(name -> name.matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NoAnswerException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private String text(String file) {
        try {
            return file.equals(STANDARD_INPUT)
                    ? new String(session.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new NoAnswerException("cannot read " + file + ": " + e, e);
        }
    }
}
