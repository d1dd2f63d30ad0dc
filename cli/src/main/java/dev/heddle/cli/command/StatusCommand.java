package dev.heddle.cli.command;

import dev.heddle.cli.status.Status;
import dev.heddle.cli.status.StatusText;
import dev.heddle.cli.status.Statuses;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kubectl heddle status}. */
@Command(
        name = "status",
        description = {
            "What is enforced: the installation, each node, and every policy that is not enforced, with the field and why.",
            "With a namespace: only its policies; who may view the namespace may ask that."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything is enforced",
            "2:something is not enforced",
            "3:there is no answer; standard error says why"
        })
final class StatusCommand implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final ClusterOptions options = new ClusterOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Cluster cluster = session.open(options)) {
            Status status = Statuses.of(options.namespace() == null ? cluster.status() : cluster.namespaceStatus());
            session.print(output.print(
                    status,
                    wide -> new StatusText(
                                    wide, session.colours(), session.clock().instant())
                            .of(status)));
            return status.enforced() ? ExitCode.YES : ExitCode.DIFFERS;
        }
    }
}
