package dev.heddle.policy.translate;

import dev.heddle.policy.api.ClusterNetworkPolicySpec.EgressPeer;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.IngressPeer;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.NamespacedPod;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the peers of ClusterNetworkPolicies: one for each entry of {@code from} and {@code to}, in order. */
final class ClusterPeers {

    private ClusterPeers() {}

    static List<Peer> from(@Nullable List<IngressPeer> entries, Field field) {
        List<IngressPeer> peers = Lists.orEmpty(entries);
        List<Peer> read = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            IngressPeer peer = peers.get(i);
            Field at = field.at(i);
            at.rejectUnknown(peer.unknown());
            exactlyOne(at, "namespaces or pods", peer.namespaces(), peer.pods());
            read.add(
                    peer.namespaces() != null
                            ? namespaces(peer.namespaces(), at.at("namespaces"))
                            : peer.pods() != null ? pods(peer.pods(), at.at("pods")) : new Peer.Nobody());
        }
        return atLeastOne(read, field);
    }

    static List<Peer> to(@Nullable List<EgressPeer> entries, Field field) {
        List<EgressPeer> peers = Lists.orEmpty(entries);
        List<Peer> read = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            EgressPeer peer = peers.get(i);
            Field at = field.at(i);
            at.rejectUnknown(peer.unknown());
            exactlyOne(
                    at,
                    "namespaces, pods, nodes, networks or domainNames",
                    peer.namespaces(),
                    peer.pods(),
                    peer.nodes(),
                    peer.networks(),
                    peer.domainNames());
            read.add(to(peer, at));
        }
        return atLeastOne(read, field);
    }

    private static Peer to(EgressPeer peer, Field field) {
        if (peer.namespaces() != null) {
            return namespaces(peer.namespaces(), field.at("namespaces"));
        }
        if (peer.pods() != null) {
            return pods(peer.pods(), field.at("pods"));
        }
        if (peer.nodes() != null) {
            return new Peer.Nodes(Selectors.read(peer.nodes(), field.at("nodes")));
        }
        if (peer.networks() != null) {
            return networks(peer.networks(), field.at("networks"));
        }
        if (peer.domainNames() != null && peer.domainNames().isEmpty()) {
            field.at("domainNames").reject("a domain name is missing");
        }
        return peer.domainNames() == null ? new Peer.Nobody() : new Peer.DomainNames(peer.domainNames());
    }

    private static Peer namespaces(io.fabric8.kubernetes.api.model.LabelSelector selector, Field field) {
        return new Peer.Pods(Selectors.read(selector, field), "", LabelSelector.EVERYTHING);
    }

    private static Peer pods(NamespacedPod pods, Field field) {
        field.rejectUnknown(pods.unknown());
        if (pods.podSelector() == null) {
            field.at("podSelector").reject("a podSelector is missing; {} selects all pods");
        }
        LabelSelector namespaces = Selectors.read(pods.namespaceSelector(), field.at("namespaceSelector"));
        return new Peer.Pods(namespaces, "", Selectors.read(pods.podSelector(), field.at("podSelector")));
    }

    private static Peer networks(List<String> networks, Field field) {
        if (networks.isEmpty()) {
            field.reject("a CIDR is missing; write ADDRESS/LENGTH");
        }
        List<Cidr> ranges = new ArrayList<>();
        for (int i = 0; i < networks.size(); i++) {
            Ranges.read(networks.get(i), field.at(i)).ifPresent(ranges::add);
        }
        return new Peer.Networks(ranges);
    }

    /** "Exactly one of the fields must be set": none means a field of a newer version. */
    private static void exactlyOne(Field field, String names, @Nullable Object... values) {
        long set = Stream.of(values).filter(Objects::nonNull).count();
        if (set != 1) {
            field.reject((set == 0 ? "a peer without any field that is known" : "a peer with " + set + " fields")
                    + "; give one of " + names);
        }
    }

    private static List<Peer> atLeastOne(List<Peer> peers, Field field) {
        if (peers.isEmpty()) {
            field.reject("no peer; give at least one");
            return List.of(new Peer.Nobody());
        }
        return peers;
    }
}
