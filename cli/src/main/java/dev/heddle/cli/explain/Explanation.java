package dev.heddle.cli.explain;

import dev.heddle.crds.live.LiveVerdict.Outcome;
import dev.heddle.crds.live.LiveVerdict.Places;
import dev.heddle.policy.oracle.Reasoning;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection is allowed or denied.
 *
 * @param written the verdict of the policies as they are written
 * @param inForce the verdict of the kernels of the nodes; null when a node that has a say did not answer
 * @param agrees whether packets get the verdict that is written, as far as it is known
 * @param halves the sender's egress, then the receiver's ingress; an end that is no pod has none
 * @param notes what else a reader must know
 */
public record Explanation(
        Verdict written,
        @Nullable Verdict inForce,
        boolean agrees,
        EndName from,
        EndName to,
        String protocol,
        int port,
        List<Half> halves,
        List<String> notes) {

    /** What packets get: what the kernels say, or else what Heddle can enforce of what is written. */
    public Verdict effective() {
        return inForce != null ? inForce : possible(halves);
    }

    static Verdict possible(List<Half> halves) {
        return Verdict.of(halves.stream()
                .allMatch(
                        half -> (half.enforceable() == null ? half.verdict() : half.enforceable()) == Verdict.ALLOWED));
    }

    /** What becomes of the connection. */
    public enum Verdict {
        ALLOWED,
        DENIED;

        static Verdict of(boolean allowed) {
            return allowed ? ALLOWED : DENIED;
        }
    }

    /**
     * An end.
     *
     * @param node where the pod runs; null for what is no pod
     */
    public record EndName(
            String name, String address, @Nullable String node) {}

    /**
     * One end's say.
     *
     * @param pod whose rules are asked, {@code namespace/name}
     * @param node where it runs
     * @param selectedBy every policy that selects the pod in this direction
     * @param rule what decided; null when no rule did
     * @param steps rule by rule up to the one that decided
     * @param enforceable the verdict of what Heddle can enforce of these policies; null when it is the same
     * @param kernel what the tables of the node say
     * @param differences why packets may get something else than what is written; empty when they do not
     */
    public record Half(
            Direction direction,
            String pod,
            String node,
            Verdict verdict,
            @Nullable Origin rule,
            String why,
            List<String> selectedBy,
            List<Step> steps,
            @Nullable Verdict enforceable,
            Kernel kernel,
            List<String> differences) {}

    /**
     * What one rule makes of the connection.
     *
     * @param tier {@code Admin}, {@code NetworkPolicy} or {@code Baseline}
     * @param asks the rule in words
     */
    public record Step(String tier, int priority, Origin rule, String asks, Reasoning.Outcome outcome) {}

    /**
     * The live half of an answer.
     *
     * @param verdict null when the node did not answer or does not know
     * @param outcome null when the node was not asked or did not answer
     * @param revision of the tables; 0 when there is no answer
     * @param rule what decided there; null when no rule did
     * @param why for people; empty when the rule says it all
     */
    public record Kernel(
            @Nullable Verdict verdict,
            @Nullable Outcome outcome,
            long revision,
            @Nullable Origin rule,
            String why,
            @Nullable Places places) {}
}
