package dev.heddle.cli.cluster;

import dev.heddle.cli.command.Cluster;
import dev.heddle.cli.command.ClusterOptions;
import dev.heddle.cli.explain.Connection;
import dev.heddle.cli.explain.ExplainFacts;
import dev.heddle.cli.explain.LiveView;
import dev.heddle.cli.explain.Place;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.flows.NodeFlows;
import dev.heddle.cli.flows.Wanted;
import dev.heddle.cli.status.StatusFacts;
import dev.heddle.cli.whatif.WhatIfFacts;
import dev.heddle.policy.rule.Direction;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster by its API server. */
public final class ApiCluster implements Cluster {

    private static final int ONCE = 0;

    private final KubernetesClient client;
    private final String namespace;

    private ApiCluster(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The cluster that the options name. @throws NoAnswerException if they name none */
    public static ApiCluster open(ClusterOptions options) {
        Config config = config(options.kubeconfig(), options.context());
        config.setRequestRetryBackoffLimit(ONCE);
        String namespace = options.namespace() == null ? config.getNamespace() : options.namespace();
        return new ApiCluster(client(config), namespace == null ? "default" : namespace);
    }

    private static KubernetesClient client(Config config) {
        try {
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (KubernetesClientException e) {
            throw new NoAnswerException(
                    "the certificates or keys of the kubeconfig cannot be used: " + ApiServer.root(e), e);
        }
    }

    private static Config config(@Nullable String kubeconfig, @Nullable String context) {
        try {
            if (kubeconfig != null && !new File(kubeconfig).isFile()) {
                throw new NoAnswerException("there is no kubeconfig file " + kubeconfig);
            }
            Config config = kubeconfig == null
                    ? Config.autoConfigure(context)
                    : Config.fromKubeconfig(context, new File(kubeconfig));
            if (context != null
                    && (config.getCurrentContext() == null
                            || !context.equals(config.getCurrentContext().getName()))) {
                throw new NoAnswerException("the kubeconfig has no context '" + context + "'");
            }
            return config;
        } catch (KubernetesClientException e) {
            throw new NoAnswerException("the kubeconfig cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public StatusFacts status() {
        return new StatusReader(new ApiServer(client)).everything();
    }

    @Override
    public StatusFacts namespaceStatus() {
        return new StatusReader(new ApiServer(client)).of(namespace);
    }

    @Override
    public ExplainFacts explain(Place from, Place to) {
        return new ExplainReader(new ApiServer(client)).read(from, to);
    }

    @Override
    public Map<Direction, LiveView> live(String daemons, List<Connection.Half> halves) {
        return new LiveReader(new ApiServer(client), new Daemons(client, daemons)).ask(halves);
    }

    @Override
    public List<NodeFlows> flows(String daemons, Wanted wanted) {
        return new FlowReader(new ApiServer(client), new Daemons(client, daemons)).read(wanted);
    }

    @Override
    public List<PodFacts> pods(String of) {
        return new ApiServer(client).list(Paths.in(of, Paths.PODS), "", Records::pod);
    }

    @Override
    public List<String> namespaces() {
        return new ApiServer(client).list(Paths.NAMESPACES, "", Records::name);
    }

    @Override
    public List<String> nodes() {
        return new ApiServer(client).list(Paths.NODES, "", Records::name);
    }

    @Override
    public WhatIfFacts whatIf() {
        return new WhatIfReader(new ApiServer(client)).read();
    }

    @Override
    public void close() {
        client.close();
    }
}
