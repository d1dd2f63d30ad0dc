package dev.heddle.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A peer: anyone, pods, cidr, cidrs, nodes or domainNames, one of them. Selectors are as kubectl -l takes them; an empty one
 * selects everything.
 *
 * @param anyone true: every address; false: none
 * @param namespaces of pods: selects their namespaces; absent is the own one
 * @param pods selects pods in these namespaces
 * @param cidr a range
 * @param except of cidr: ranges inside that are left out
 * @param cidrs ranges
 * @param nodes selects nodes by their labels
 * @param domainNames what these names resolve to, with a star for one or more whole labels
 */
@Wire
public record PeerSpec(
        @Nullable Boolean anyone,
        @Nullable String namespaces,
        @Nullable String pods,
        @Nullable String cidr,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> except,
        @Nullable List<String> cidrs,
        @Nullable String nodes,
        @Nullable List<String> domainNames) {

    public PeerSpec {
        except = Lists.copyOf(except);
        cidrs = cidrs == null ? null : List.copyOf(cidrs);
        domainNames = domainNames == null ? null : List.copyOf(domainNames);
    }

    static PeerSpec anyone(boolean anyone) {
        return new PeerSpec(anyone, null, null, null, List.of(), null, null, null);
    }

    static PeerSpec pods(@Nullable String namespaces, String pods) {
        return new PeerSpec(null, namespaces, pods, null, List.of(), null, null, null);
    }

    static PeerSpec ipBlock(String cidr, List<String> except) {
        return new PeerSpec(null, null, null, cidr, except, null, null, null);
    }

    static PeerSpec networks(List<String> cidrs) {
        return new PeerSpec(null, null, null, null, List.of(), cidrs, null, null);
    }

    static PeerSpec nodes(String nodes) {
        return new PeerSpec(null, null, null, null, List.of(), null, nodes, null);
    }

    static PeerSpec domainNames(List<String> names) {
        return new PeerSpec(null, null, null, null, List.of(), null, null, names);
    }
}
