package dev.heddle.cli.command;

import java.io.InputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What a command has beside its arguments.
 *
 * @param clusters opens the cluster that the options name
 * @param in what is piped into the command
 * @param out for answers
 * @param err for everything that is not an answer
 * @param colours whether answers are read at a terminal
 */
public record Session(
        Function<ClusterOptions, Cluster> clusters,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean colours,
        InstantSource clock) {

    Cluster open(ClusterOptions options) {
        return clusters.apply(options);
    }

    void print(String answer) {
        out.print(answer);
        out.flush();
    }
}
