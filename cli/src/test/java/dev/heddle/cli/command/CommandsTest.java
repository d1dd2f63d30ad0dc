package dev.heddle.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.status.Reported;
import dev.heddle.crds.EnforcementReportStatus.State;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments in; answers, complaints and exit codes out. */
class CommandsTest {

    private static final Reported WELL = new Reported().policy("shop", "web", 2, State.ENFORCED, List.of());
    private static final Reported BEHIND = new Reported().policy("shop", "web", 2, State.PENDING, List.of("node1"));

    private record Outcome(int exit, String out, String err) {}

    private static Outcome run(Function<ClusterOptions, Cluster> clusters, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Instant now = Instant.parse("2026-01-01T00:01:00Z");
        Session session =
                new Session(clusters, new PrintWriter(out, true), new PrintWriter(err, true), false, () -> now);
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
    void whatHasNoAnswerEndsWithOneAndSaysWhy() {
        Outcome outcome = run(
                options -> {
                    throw new NoAnswerException("cannot reach https://example.org: refused");
                },
                "status");

        assertThat(outcome).isEqualTo(new Outcome(1, "", "error: cannot reach https://example.org: refused\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "-o xml", "surplus"})
    void misuseEndsWithOneAndNamesTheHelp(String arguments) {
        Outcome outcome = run(WELL, ("status " + arguments).split(" ", -1));

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("error: ").endsWith("See 'kubectl heddle status --help'.\n");
    }

    @Test
    void withoutACommandThereIsHelpAndAnError() {
        Outcome outcome = run(WELL);

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("kubectl heddle --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "status"})
    void everyCommandHasHelp(String command) {
        Outcome outcome = run(WELL, (command + " --help").strip().split(" ", -1));

        assertThat(outcome.exit()).isZero();
        assertThat(outcome.out()).startsWith(("Usage: kubectl heddle " + command).strip());
        if (!command.isEmpty()) {
            assertThat(outcome.out()).contains("Exit codes:", "--kubeconfig", "--context", "--namespace", "--output");
        }
    }
}
