package dev.heddle.node.kernel;

import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;

/** The directions of a pod that no rule of a revision can deny, so that nothing there needs a known flow to pass. */
public record OpenDirections(boolean ingress, boolean egress) {

    /** Of a pod that no revision ever judged. */
    public static final OpenDirections BOTH = new OpenDirections(true, true);

    public static OpenDirections of(Image image, Subjects subjects) {
        return new OpenDirections(image.open(subjects.ingress()), image.open(subjects.egress()));
    }

    /** Whether the next revision asks who began a flow where this one did not. */
    public boolean closesTo(OpenDirections next) {
        return (ingress && !next.ingress) || (egress && !next.egress);
    }
}
