package dev.heddle.cli.cluster;

import dev.heddle.cli.explain.End;
import dev.heddle.cli.explain.Place;
import dev.heddle.cli.facts.AddressText;
import dev.heddle.cli.facts.NodeFacts;
import dev.heddle.cli.facts.Owner;
import dev.heddle.cli.facts.PodFacts;
import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.policy.rule.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds who is meant by one end of a connection. */
final class EndReader {

    private final ApiServer api;

    EndReader(ApiServer api) {
        this.api = api;
    }

    /** An end, and what a reader must know of how it was found; empty when that is nothing. */
    record Found(End end, String note) {}

    /** @throws NoAnswerException if there is none */
    Found find(Place place) {
        return switch (place) {
            case Place.Pod(var namespace, var name) -> pod(namespace, name);
            case Place.Workload(var namespace, var owner) -> workload(namespace, owner);
            case Place.Node(var name) -> new Found(new End.OfNode(node(name)), "");
            case Place.Address(var address) -> address(address);
            case Place.World world -> new Found(new End.World(), "");
        };
    }

    private Found pod(String namespace, String name) {
        PodFacts pod = api.get(Paths.in(namespace, Paths.PODS) + "/" + name)
                .map(Records::pod)
                .orElseThrow(() -> new NoAnswerException("there is no pod " + namespace + "/" + name));
        if (pod.finished()) {
            throw new NoAnswerException("pod " + pod.key() + " has ended");
        }
        if (pod.node().isEmpty() || pod.addresses().isEmpty()) {
            throw new NoAnswerException("pod " + pod.key() + " has no address yet");
        }
        return of(pod, "");
    }

    private Found of(PodFacts pod, String note) {
        if (pod.hostNetwork()) {
            return new Found(
                    new End.OfNode(node(pod.node())),
                    "pod " + pod.key() + " is on the network of node " + pod.node() + ": it is that node to policies");
        }
        return new Found(new End.OfPod(pod, namespaceLabels(pod.namespace())), note);
    }

    private Found workload(String namespace, Owner owner) {
        List<PodFacts> pods = api.list(Paths.in(namespace, Paths.PODS), "", Records::pod).stream()
                .filter(pod -> pod.owner().equals(owner)
                        && !pod.finished()
                        && !pod.addresses().isEmpty())
                .toList();
        if (pods.isEmpty()) {
            throw new NoAnswerException(namespace + "/" + owner + " has no running pod");
        }
        boolean alike = pods.stream().map(PodFacts::identity).distinct().count() == 1;
        return of(
                pods.getFirst(),
                namespace + "/" + owner + " has " + pods.size() + (pods.size() == 1 ? " pod" : " pods")
                        + (alike ? "" : ", which policies can tell apart") + "; this is about "
                        + pods.getFirst().name());
    }

    private Found address(Cidr address) {
        String text = AddressText.of(address);
        var nodes = api.inBackground(() -> api.list(Paths.NODES, "", Records::node));
        List<PodFacts> pods = api.list(Paths.PODS, Paths.withField("status.podIP", text), Records::pod);
        Optional<NodeFacts> node = nodes.join().stream()
                .filter(each -> each.addresses().contains(address))
                .findFirst();
        if (node.isPresent()) {
            return new Found(
                    new End.OfNode(node.get().at(address)),
                    text + " is node " + node.get().name());
        }
        boolean inPodRange = nodes.join().stream()
                .anyMatch(each -> each.podRanges().stream().anyMatch(range -> range.contains(address)));
        if (pods.isEmpty() && inPodRange) {
            // The API server finds pods by their primary address only.
            pods = api.list(Paths.PODS, "", Records::pod);
        }
        return pods.stream()
                .filter(pod -> pod.isOnTheNetwork() && pod.addresses().contains(address))
                .findFirst()
                .map(pod -> of(pod.at(address), text + " is pod " + pod.key()))
                .orElseGet(() -> new Found(
                        new End.OfAddress(address, inPodRange),
                        inPodRange ? text + " is in the pods' range, and no pod has it" : ""));
    }

    private NodeFacts node(String name) {
        return api.get(Paths.NODES + "/" + name)
                .map(Records::node)
                .orElseThrow(() -> new NoAnswerException("there is no node " + name));
    }

    private Map<String, String> namespaceLabels(String name) {
        return api.get(Paths.NAMESPACES + "/" + name).map(Records::labels).orElse(Map.of());
    }
}
