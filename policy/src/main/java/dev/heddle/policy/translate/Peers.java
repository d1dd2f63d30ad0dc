package dev.heddle.policy.translate;

import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Peer;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code networking.k8s.io/v1 NetworkPolicyPeer}: the entries of {@code from} and {@code to}. */
final class Peers {

    private Peers() {}

    /** No entry at all means anyone; otherwise one peer for each entry, in order. */
    static List<Peer> read(@Nullable List<NetworkPolicyPeer> peers, String namespace, Field field) {
        if (peers == null || peers.isEmpty()) {
            return List.of(new Peer.Anyone());
        }
        List<Peer> read = new ArrayList<>();
        for (int i = 0; i < peers.size(); i++) {
            read.add(peer(peers.get(i), namespace, field.at(i)));
        }
        return read;
    }

    private static Peer peer(NetworkPolicyPeer peer, String namespace, Field field) {
        field.rejectUnknown(peer.getAdditionalProperties());
        boolean selects = peer.getPodSelector() != null || peer.getNamespaceSelector() != null;
        if (peer.getIpBlock() != null) {
            if (selects) {
                field.at("ipBlock").reject("ipBlock cannot be combined with podSelector or namespaceSelector");
            }
            return ipBlock(peer.getIpBlock(), field.at("ipBlock"));
        }
        if (!selects) {
            field.reject("an empty peer; give a podSelector, a namespaceSelector or an ipBlock");
            return new Peer.Nobody();
        }
        LabelSelector pods = Selectors.read(peer.getPodSelector(), field.at("podSelector"));
        LabelSelector namespaces = peer.getNamespaceSelector() == null
                ? null
                : Selectors.read(peer.getNamespaceSelector(), field.at("namespaceSelector"));
        return new Peer.Pods(namespaces, namespace, pods);
    }

    private static Peer ipBlock(IPBlock block, Field field) {
        field.rejectUnknown(block.getAdditionalProperties());
        Optional<Cidr> cidr = Ranges.read(block.getCidr(), field.at("cidr"));
        List<Cidr> except = new ArrayList<>();
        List<String> exceptions = Lists.orEmpty(block.getExcept());
        for (int i = 0; i < exceptions.size(); i++) {
            Field at = field.at("except").at(i);
            Optional<Cidr> exception = Ranges.read(exceptions.get(i), at);
            if (exception.isEmpty() || cidr.isEmpty()) {
                continue;
            }
            if (!cidr.get().contains(exception.get()) || cidr.get().equals(exception.get())) {
                at.reject(exception.get() + " must be strictly inside " + cidr.get());
            }
            except.add(exception.get());
        }
        return cidr.<Peer>map(range -> new Peer.IpBlock(range, except)).orElseGet(Peer.Nobody::new);
    }
}
