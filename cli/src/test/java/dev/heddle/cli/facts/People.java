package dev.heddle.cli.facts;

import dev.heddle.cli.facts.PodFacts.DeclaredPort;
import dev.heddle.policy.identity.NamedPort;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Protocol;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Pods and nodes in few words. */
public final class People {

    private People() {}

    /**
     * A pod of a Deployment with the name of its label {@code app}, which declares TCP port 8080 by the name {@code main}.
     *
     * @param node where it runs
     */
    public static PodFacts pod(String namespace, String app, int number, String node, String... addresses) {
        return new PodFacts(
                namespace,
                app + "-" + number,
                new Owner("deploy", app),
                node,
                false,
                false,
                Map.of("app", app, "pod-template-hash", "5d8f"),
                List.of(new NamedPort("main", Protocol.TCP, 8080)),
                List.of(new DeclaredPort("main", 6, 8080)),
                Stream.of(addresses).map(Cidr::host).toList());
    }

    public static NodeFacts node(String name, String podRange, String... addresses) {
        return new NodeFacts(
                name,
                Map.of("kubernetes.io/hostname", name),
                Stream.of(addresses).map(Cidr::host).toList(),
                List.of(Cidr.parse(podRange)));
    }
}
