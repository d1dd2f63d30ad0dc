package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * What the node's kernel enforces.
 *
 * @param observedGeneration the generation of the NodeState that the node goes by
 * @param told the highest sequence of a PolicyHead that the node has seen
 * @param inForce all that the node was told up to this sequence is in force
 * @param revision the live epoch of the kernel's tables, local to the node
 * @param live NAMESPACE=SEQUENCE for each PolicyHead that the live revision was compiled from, without a namespace for the
 *     cluster-wide one
 * @param endpoints number of pods whose devices carry the programs
 * @param unprotected pods whose devices do not carry them
 * @param failures fields of objects that are not enforced as written
 * @param conditions what the node's daemon says about itself, such as Ready, Enforced and Degraded
 */
@Wire
@SchemaCustomizer(ConditionList.class)
public record NodeStateStatus(
        long observedGeneration,
        long told,
        long inForce,
        long revision,
        List<String> live,
        int endpoints,
        List<UnprotectedPod> unprotected,
        List<Failure> failures,
        List<Condition> conditions) {

    public NodeStateStatus {
        live = Lists.copyOf(live);
        unprotected = Lists.copyOf(unprotected);
        failures = Lists.copyOf(failures);
        conditions = Lists.copyOf(conditions);
    }

    /** Before a node's daemon has said anything. */
    public static final NodeStateStatus NOTHING =
            new NodeStateStatus(0, 0, 0, 0, List.of(), 0, List.of(), List.of(), List.of());

    /** The sequence of the namespace's PolicyHead that the kernel runs; 0 when it runs none. */
    public long sequenceOf(String namespace) {
        String start = namespace + "=";
        return live.stream()
                .filter(entry -> entry.startsWith(start))
                .flatMap(entry -> LiveHead.parse(entry).stream())
                .mapToLong(LiveHead::sequence)
                .findFirst()
                .orElse(0);
    }

    /**
     * A pod that is not filtered.
     *
     * @param namespace the pod's namespace
     * @param name the pod's name
     * @param since RFC 3339 time of when this was first seen
     * @param reason what is missing, for people
     */
    @Wire
    public record UnprotectedPod(
            @Required String namespace,
            @Required String name,
            @Required String since,
            @Required String reason) {}
}
