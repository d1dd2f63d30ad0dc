package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.explain.LiveView;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.flows.NodeFlows;
import dev.heddle.cli.flows.Records;
import dev.heddle.cli.flows.Wanted;
import dev.heddle.cli.status.Reported;
import dev.heddle.crds.EnforcementReportStatus.State;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.LiveVerdict;
import dev.heddle.policy.rule.Direction;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments in; answers, complaints and exit codes out. */
class CommandsTest {

    private static final Reported WELL = new Reported().policy("shop", "web", 2, State.ENFORCED, List.of());
    private static final Reported BEHIND = new Reported().policy("shop", "web", 2, State.PENDING, List.of("node1"));

    private record Outcome(int exit, String out, String err) {}

    private static Outcome run(Function<ClusterOptions, Cluster> clusters, String... arguments) {
        return piped("", clusters, arguments);
    }

    private static Outcome piped(String in, Function<ClusterOptions, Cluster> clusters, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Instant now = Instant.parse("2026-01-01T00:01:00Z");
        Session session = new Session(
                clusters,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false,
                () -> now);
        int exit = Commands.of(session).execute(arguments);
        return new Outcome(exit, out.toString(), err.toString());
    }

    private static Outcome run(Reported reported, String... arguments) {
        return run(options -> new FakeCluster(reported.facts()), arguments);
    }

    @Test
    void statusEndsWithTwoWhenSomethingIsNotEnforced() {
        assertThat(run(WELL, "status").exit()).isZero();
        Outcome behind = run(BEHIND, "status");

        assertThat(behind.exit()).isEqualTo(2);
        assertThat(behind.out())
                .contains("Heddle is ready on 2 of 2 nodes.", "PENDING", "0 of 1 policies are enforced.");
        assertThat(behind.err()).isEmpty();
    }

    @Test
    void statusOfANamespaceIsAboutItsPoliciesOnly() {
        assertThat(run(WELL, "status", "-n", "shop").out()).isEqualTo("1 of 1 policies are enforced.\n");
    }

    @Test
    void programsReadJsonAndYaml() {
        assertThat(run(BEHIND, "status", "-n", "shop", "-o", "yaml").out()).isEqualTo("""
                enforced: false
                policies:
                - kind: NetworkPolicy
                  namespace: shop
                  name: web
                  generation: 2
                  state: PENDING
                  desired: 2
                  enforced: 1
                  unreachable: 0
                  waitingFor:
                  - node1
                  problems: []
                """);
        assertThat(run(BEHIND, "status", "--output=json").out()).contains("\"enforced\" : false", "\"readyNodes\" : 2");
    }

    @Test
    void theClusterIsChosenAsWithKubectl() {
        run(
                options -> {
                    assertThat(options.kubeconfig()).isEqualTo("some/file");
                    assertThat(options.context()).isEqualTo("far");
                    assertThat(options.namespace()).isEqualTo("shop");
                    return new FakeCluster(WELL.facts());
                },
                "status",
                "--kubeconfig",
                "some/file",
                "--context=far",
                "--namespace",
                "shop");
    }

    @Test
    void whatHasNoAnswerEndsWithThreeAndSaysWhy() {
        Outcome outcome = run(
                options -> {
                    throw new NoAnswerException("cannot reach https://example.org: refused");
                },
                "status");

        assertThat(outcome).isEqualTo(new Outcome(3, "", "error: cannot reach https://example.org: refused\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "-o xml", "surplus"})
    void misuseEndsWithThreeAndNamesTheHelp(String arguments) {
        Outcome outcome = run(WELL, ("status " + arguments).split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("error: ").endsWith("See 'kubectl heddle status --help'.\n");
    }

    @Test
    void withoutACommandThereIsHelpAndAnError() {
        Outcome outcome = run(WELL);

        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err()).contains("kubectl heddle --help");
    }

    @Test
    void explainEndsWithTheVerdict() {
        Outcome allowed = run(WELL, "explain", "web-1", "api-1");
        assertThat(allowed.exit()).isZero();
        assertThat(allowed.out()).isEqualTo("""
                ALLOWED  shop/web-1 (10.244.1.5 on node1) -> shop/api-1 (10.244.2.6 on node2)  TCP 8080

                Egress of shop/web-1: ALLOWED, no policy selects the pod in this direction
                  in the kernel of node1: unknown, not asked

                Ingress of shop/api-1: ALLOWED by NetworkPolicy shop/api spec.ingress[0]
                  TIER            POLICY     FIELD             RULE                                           OUTCOME
                  NetworkPolicy   shop/api   spec.ingress[0]   accept from pods app=web in shop at TCP 8080   accepts
                  in the kernel of node2: unknown, not asked

                Note: port 8080 is the only one that shop/api-1 declares.
                """);
        Outcome denied = run(WELL, "explain", "web-1", "api-1", "--port", "9090", "-o", "json");
        assertThat(denied.exit()).isEqualTo(1);
        assertThat(denied.out()).contains("\"written\" : \"DENIED\"", "\"outcome\" : \"OTHER_PORT\"");
    }

    @Test
    void explainEndsWithTwoWhenTheKernelSaysSomethingElse() {
        LiveView denies =
                new LiveView.Answered(7, new LiveVerdict(LiveVerdict.Outcome.CLOSED, 3, "not known yet", null, null));
        Outcome outcome = run(
                options -> new FakeCluster(WELL.facts(), TwoPods.FACTS, Map.of(Direction.INGRESS, denies)),
                "explain",
                "web-1",
                "api-1");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out())
                .startsWith("DIFFERS: written ALLOWED, in force DENIED  ")
                .contains("in the kernel of node2, revision 3: DENIED, not known yet", "differs: not known yet");
    }

    private static Outcome flows(List<NodeFlows> answers, Consumer<Wanted> wanted, String arguments) {
        return run(
                options -> new FakeCluster(WELL.facts(), TwoPods.FACTS, Map.of(), asked -> {
                    wanted.accept(asked);
                    return answers;
                }),
                ("flows " + arguments).strip().split(" ", -1));
    }

    @Test
    void flowsEndWithZeroWhenEveryNodeAnswers() {
        Outcome outcome =
                flows(List.of(Records.node("node1", Records.allowed(1), Records.dropped(2))), wanted -> {}, "");

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).contains("ALLOWED", "DROPPED", "2 records of 1 node.");
        assertThat(flows(List.of(Records.node("node1", Records.allowed(1))), wanted -> {}, "-o json")
                        .out())
                .contains("\"node\" : \"node1\"", "\"verdict\" : \"ALLOWED\"", "\"pod\" : \"web-1\"");
    }

    @Test
    void flowsEndWithTwoWhenANodeIsSilentAndWithThreeWhenAllAre() {
        NodeFlows silent = new NodeFlows.Silent("node2", "no daemon of Heddle runs there");
        Outcome some = flows(List.of(Records.node("node1"), silent), wanted -> {}, "");
        assertThat(some.exit()).isEqualTo(2);
        assertThat(some.out()).contains("Note: node node2 did not answer: no daemon of Heddle runs there.");

        assertThat(flows(List.of(silent), wanted -> {}, ""))
                .isEqualTo(new Outcome(3, "", "error: node node2 did not answer: no daemon of Heddle runs there\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "                                   | -    | -     | -     | -       | 0   | 500",
                "-n data                            | data | -     | -     | -       | 0   | 500",
                "web-1                              | shop | web-1 | -     | -       | 0   | 500",
                "data/db-1 --verdict dropped        | data | db-1  | -     | DROPPED | 0   | 500",
                "--node node2 --since 10m --limit 0 | -    | -     | node2 | -       | 600 | 0",
            })
    void flowsAreChosen(
            @Nullable String arguments,
            @Nullable String namespace,
            @Nullable String pod,
            @Nullable String node,
            @Nullable FlowVerdict verdict,
            long seconds,
            int limit) {
        List<Wanted> asked = new ArrayList<>();
        flows(List.of(Records.node("node1")), asked::add, arguments == null ? "" : arguments);
        assertThat(asked).containsExactly(new Wanted(namespace, pod, node, verdict, seconds, limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/web", "world", "--since 5", "--since 0s", "--verdict maybe"})
    void whatNoFlowCanBeAskedByIsAnError(String arguments) {
        Outcome outcome = flows(List.of(Records.node("node1")), wanted -> {}, arguments);
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.err()).startsWith("error: ");
    }

    @Test
    void whatIfEndsWithTwoWhenSomethingWouldChange() {
        Function<ClusterOptions, Cluster> cluster = options -> new FakeCluster(WELL.facts());
        assertThat(piped(TwoPods.POLICY, cluster, "whatif", "-f", "-").exit()).isZero();
        Outcome outcome = piped(TwoPods.POLICY.replace("8080", "8081"), cluster, "whatif", "-f", "-");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).contains("shop/deploy/web", "denied -> allowed");
        assertThat(run(cluster, "whatif", "--delete", "netpol/api").exit()).isEqualTo(2);
    }

    @Test
    void whatIfWithoutAChangeOrWithoutAFileIsAnError() {
        assertThat(run(WELL, "whatif").exit()).isEqualTo(3);
        assertThat(run(WELL, "whatif", "-f", "/does/not/exist").err()).startsWith("error: cannot read /does/not/exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status", "explain", "flows", "whatif"})
    void everyCommandHasHelp(String command) {
        Outcome outcome = run(WELL, (command + " --help").strip().split(" ", -1));

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith(("Usage: kubectl heddle " + command).strip());
        if (!command.isEmpty()) {
            assertThat(outcome.out()).contains("Exit codes:", "--kubeconfig", "--context", "--namespace", "--output");
        }
    }
}
