package dev.heddle.cli;

import dev.heddle.cli.cluster.ApiCluster;
import dev.heddle.cli.command.Commands;
import dev.heddle.cli.command.Session;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Runs one command. */
public final class Main {

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
        return Commands.of(session).execute(arguments);
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
