package dev.heddle.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer, flat as a schema needs it; {@code type} says which of the other fields are set.
 *
 * @param type which kind of peer
 * @param ownNamespace for PODS: the namespace of the rule's object
 * @param namespaces for PODS: selects namespaces; absent is the own namespace
 * @param pods for PODS: selects pods in these namespaces
 * @param cidr for IP_BLOCK: the range
 * @param except for IP_BLOCK: ranges inside that are left out
 * @param cidrs for NETWORKS: the ranges
 * @param nodes for NODES: selects nodes by their labels
 * @param domainNames for DOMAIN_NAMES: the names, with a star for one or more whole labels
 */
@Wire
public record PeerSpec(
        @Required Type type,
        @Nullable String ownNamespace,
        @Nullable SelectorSpec namespaces,
        @Nullable SelectorSpec pods,
        @Nullable String cidr,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> except,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> cidrs,
        @Nullable SelectorSpec nodes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> domainNames) {

    /**
     * ANYONE: every address. NOBODY: none. PODS: pods by selectors. IP_BLOCK: a range with exceptions. NETWORKS: ranges.
     * NODES: nodes by their labels. DOMAIN_NAMES: what these names resolve to.
     */
    public enum Type {
        ANYONE,
        NOBODY,
        PODS,
        IP_BLOCK,
        NETWORKS,
        NODES,
        DOMAIN_NAMES
    }

    public PeerSpec {
        except = Lists.copyOf(except);
        cidrs = Lists.copyOf(cidrs);
        domainNames = Lists.copyOf(domainNames);
    }

    static PeerSpec of(Type type) {
        return new PeerSpec(type, null, null, null, null, List.of(), List.of(), null, List.of());
    }

    static PeerSpec pods(String ownNamespace, @Nullable SelectorSpec namespaces, SelectorSpec pods) {
        return new PeerSpec(Type.PODS, ownNamespace, namespaces, pods, null, List.of(), List.of(), null, List.of());
    }

    static PeerSpec ipBlock(String cidr, List<String> except) {
        return new PeerSpec(Type.IP_BLOCK, null, null, null, cidr, except, List.of(), null, List.of());
    }

    static PeerSpec networks(List<String> cidrs) {
        return new PeerSpec(Type.NETWORKS, null, null, null, null, List.of(), cidrs, null, List.of());
    }

    static PeerSpec nodes(SelectorSpec nodes) {
        return new PeerSpec(Type.NODES, null, null, null, null, List.of(), List.of(), nodes, List.of());
    }

    static PeerSpec domainNames(List<String> names) {
        return new PeerSpec(Type.DOMAIN_NAMES, null, null, null, null, List.of(), List.of(), null, names);
    }
}
