package dev.heddle.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster and namespace, as kubectl has it. */
public final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig file; otherwise what KUBECONFIG names, or ~/.kube/config.")
    @Nullable
    String kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context of the kubeconfig file; otherwise its current one.")
    @Nullable
    String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "The namespace; otherwise that of the context.")
    @Nullable
    String namespace;

    /** Path of the kubeconfig file; null is kubectl's usual place. */
    public @Nullable String kubeconfig() {
        return kubeconfig;
    }

    /** Name of the context; null is the current one. */
    public @Nullable String context() {
        return context;
    }

    /** The namespace that was asked for; null is that of the context. */
    public @Nullable String namespace() {
        return namespace;
    }
}
