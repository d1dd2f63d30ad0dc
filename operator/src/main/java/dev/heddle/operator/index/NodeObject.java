package dev.heddle.operator.index;

import dev.heddle.crds.LiveHead;
import dev.heddle.crds.NodeStateSpec;
import dev.heddle.crds.NodeStateStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A NodeState as the API server has it. The status is absent until the node's daemon has reported. */
public record NodeObject(
        String name,
        String uid,
        String resourceVersion,
        NodeStateSpec spec,
        @Nullable NodeStateStatus status) {

    /**
     * The namespaces of whose policies this says something else than it did before, so that one policy's change does not make
     * all reports of the node's pods stale; empty: the cluster-wide ones.
     */
    Set<String> news(@Nullable NodeObject before) {
        NodeStateStatus said = before == null || before.spec().mode() != spec.mode() ? null : before.status();
        Set<String> namespaces = new TreeSet<>();
        differences(said == null ? List.of() : said.live(), status == null ? List.of() : status.live())
                .forEach(entry -> LiveHead.parse(entry).ifPresent(head -> namespaces.add(head.namespace())));
        differences(said == null ? List.of() : said.failures(), status == null ? List.of() : status.failures())
                .forEach(failure -> namespaces.add(failure.namespace()));
        return namespaces;
    }

    private static <T> Set<T> differences(List<T> before, List<T> now) {
        if (before.equals(now)) {
            return Set.of();
        }
        Set<T> either = new HashSet<>(before);
        Set<T> both = new HashSet<>(before);
        either.addAll(now);
        both.retainAll(new HashSet<>(now));
        either.removeAll(both);
        return either;
    }
}
