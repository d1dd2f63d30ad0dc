package dev.heddle.node.apply;

import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.Observed;
import dev.heddle.node.plan.Step;
import java.util.List;

/** What came of a plan. */
public record Applied(Observed observed, List<Failed> failures) {

    /** A step that the kernel refused; what it would have replaced is still in force. */
    public record Failed(Step step, KernelException why) {}
}
