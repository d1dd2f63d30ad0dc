package dev.heddle.node.apply;

import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.plan.Step;
import java.util.List;

/** What came of a plan. */
public record Applied(Observed observed, List<Failed> failures) {

    /** A step that the kernel refused; what it would have replaced is still in force. */
    public record Failed(Step step, KernelException why) {

        /** Whether the revision could not be put into force, so that the whole one before it stays. */
        public boolean keepsRevision() {
            return switch (step) {
                case Step.WriteImage write -> true;
                case Step.Flip flip -> true;
                case Step.AwaitGracePeriod await -> true;
                default -> false;
            };
        }
    }
}
