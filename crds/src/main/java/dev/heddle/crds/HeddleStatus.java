package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the installation is.
 *
 * @param observedGeneration the generation of the Heddle that was last deployed
 * @param nodes node daemons that are ready, of those that should be
 * @param conditions Ready: every node's daemon is ready and of this generation
 */
@Wire
@SchemaCustomizer(ConditionList.class)
public record HeddleStatus(
        long observedGeneration, @Nullable NodeCounts nodes, List<Condition> conditions) {

    public HeddleStatus {
        conditions = Lists.copyOf(conditions);
    }

    /**
     * Numbers of nodes.
     *
     * @param ready nodes whose daemon says that it is ready
     * @param desired nodes that should run the daemon
     */
    @Wire
    public record NodeCounts(@Required int ready, @Required int desired) {}
}
