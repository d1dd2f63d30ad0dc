package dev.heddle.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer, flat as a schema needs it; {@code type} says which of the other fields are set.
 *
 * @param ownNamespace for PODS: the namespace of the rule's object
 * @param namespaces for PODS: selects namespaces; absent is the own namespace
 * @param pods for PODS: selects pods in these namespaces
 * @param cidr for IP_BLOCK: the range
 * @param except for IP_BLOCK: ranges inside that are left out
 */
@Wire
public record PeerSpec(
        @Required Type type,
        @Nullable String ownNamespace,
        @Nullable SelectorSpec namespaces,
        @Nullable SelectorSpec pods,
        @Nullable String cidr,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> except) {

    /** The cases of {@link dev.heddle.policy.rule.Peer}. */
    public enum Type {
        ANYONE,
        NOBODY,
        PODS,
        IP_BLOCK
    }

    public PeerSpec {
        except = Lists.copyOf(except);
    }

    static PeerSpec of(Type type) {
        return new PeerSpec(type, null, null, null, null, List.of());
    }

    static PeerSpec pods(String ownNamespace, @Nullable SelectorSpec namespaces, SelectorSpec pods) {
        return new PeerSpec(Type.PODS, ownNamespace, namespaces, pods, null, List.of());
    }

    static PeerSpec ipBlock(String cidr, List<String> except) {
        return new PeerSpec(Type.IP_BLOCK, null, null, null, cidr, except);
    }
}
