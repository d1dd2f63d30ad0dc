package dev.heddle.cli;

import dev.heddle.cli.cluster.ApiCluster;
import dev.heddle.cli.command.Commands;
import dev.heddle.cli.command.Session;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Runs one command. */
public final class Main {

    /** What {@code kubectl_complete-heddle} puts before the words to complete. */
    private static final String COMPLETE = "__complete";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        Session session = new Session(
                ApiCluster::open,
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                isTerminal(),
                InstantSource.system());
        List<String> words = List.of(arguments);
        return !words.isEmpty() && words.getFirst().equals(COMPLETE)
                ? Commands.complete(session, words.subList(1, words.size()))
                : Commands.of(session).execute(arguments);
    }

    /** Whether to colour: a terminal shows the answer, and nobody objects (no-color.org). */
    @SuppressWarnings("SystemConsoleNull") // since Java 25 it is null again where there is no terminal
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null
                && console.isTerminal()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    }
}
