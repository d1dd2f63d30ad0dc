package dev.heddle.node.netns;

import dev.heddle.node.apply.Applied;
import dev.heddle.node.apply.Applier;
import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.desired.Composer;
import dev.heddle.node.desired.World;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.plan.Desired;
import dev.heddle.node.plan.Planner;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The daemon of node one without an API server and without pods of its own: it translates services. */
final class ServiceDaemon implements AutoCloseable {

    private final World world = new World("one");
    private final Composer composer = new Composer(world, true);
    private final BpfKernel kernel;
    private final Applier applier;
    private Observed observed;

    ServiceDaemon(Path group) {
        kernel = BpfKernel.adopt(TestPins.FOLDER, Optional.of(group));
        applier = new Applier(kernel);
        observed = kernel.observe();
        world.synced();
    }

    /** Something happens in the cluster; returns when it is in force. */
    void apply(Consumer<World> event) {
        event.accept(world);
        Desired desired = composer.compose().orElseThrow();
        Applied applied = applier.apply(Planner.plan(desired, observed), desired, observed);
        if (!applied.failures().isEmpty()) {
            throw new IllegalStateException(applied.failures().getFirst().why());
        }
        composer.stored();
        observed = applied.observed();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
