package dev.heddle.cli.command;

import dev.heddle.cli.failure.NoAnswerException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The tree of commands. */
@Command(
        name = "kubectl heddle",
        description = "What Heddle enforces in this cluster, and why. It reads, and changes nothing.",
        mixinStandardHelpOptions = true,
        version = "kubectl heddle 0.1.0",
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
public final class Commands {

    private Commands() {}

    /** The commands, ready to be executed. */
    public static CommandLine of(Session session) {
        return new CommandLine(new Commands())
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new ExplainCommand(session))
                .addSubcommand(new FlowsCommand(session))
                .addSubcommand(new WhatIfCommand(session))
                .setOut(session.out())
                .setErr(session.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(session.colours() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((e, arguments) -> misused(e))
                .setExecutionExceptionHandler((e, command, result) -> failed(e, session.err()));
    }

    /** What kubectl's completion asks for: see {@link Completion}. */
    public static int complete(Session session, List<String> words) {
        session.print(new Completion(of(session), session.clusters()).of(words));
        return ExitCode.YES;
    }

    private static int misused(ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("error: " + e.getMessage());
        command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.ERROR;
    }

    private static int failed(Exception e, PrintWriter err) throws Exception {
        if (!(e instanceof NoAnswerException)) {
            throw e; // a defect; picocli prints where
        }
        err.println("error: " + e.getMessage());
        return ExitCode.ERROR;
    }
}
