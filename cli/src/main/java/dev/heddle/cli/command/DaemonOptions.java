package dev.heddle.cli.command;

import picocli.CommandLine.Option;

/** Where the daemons are that a command asks. */
final class DaemonOptions {

    @Option(
            names = "--heddle-namespace",
            paramLabel = "NAME",
            description = "The namespace of Heddle's daemons; heddle-system when it is not given.")
    private String namespace = "heddle-system";

    String namespace() {
        return namespace;
    }
}
