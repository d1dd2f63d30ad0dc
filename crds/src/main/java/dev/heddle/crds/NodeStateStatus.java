package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * What the node's kernel enforces.
 *
 * @param observedGeneration the generation of the NodeState that was last put into force
 * @param revision the live epoch of the kernel's tables, local to the node
 * @param live the sets that the live revision was compiled from
 * @param endpoints number of pods whose devices carry the programs
 * @param unprotected pods whose devices do not carry them
 * @param failures fields of objects that are not enforced as written
 * @param conditions what the node's daemon says about itself, such as Ready, Enforced and Degraded
 */
@Wire
@SchemaCustomizer(ConditionList.class)
public record NodeStateStatus(
        long observedGeneration,
        long revision,
        List<LiveSet> live,
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

    /**
     * The set of a namespace that the kernel runs.
     *
     * @param namespace the namespace; empty: the rules of the whole cluster
     * @param set name of the set without a chunk's index; empty: no policy
     */
    @Wire
    public record LiveSet(
            @Required String namespace, @Required String set) {}

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
