package dev.heddle.crds;

import dev.heddle.policy.rule.Problem;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * The policies of one namespace and how far each is enforced.
 *
 * @param policies every policy of the namespace, sorted by kind and name
 * @param conditions Accepted: every policy is understood; Enforced: every policy is enforced as written
 */
@Wire
@SchemaCustomizer(ConditionList.class)
public record EnforcementReportStatus(List<PolicyReport> policies, List<Condition> conditions) {

    public EnforcementReportStatus {
        policies = Lists.copyOf(policies);
        conditions = Lists.copyOf(conditions);
    }

    /**
     * One policy at one generation.
     *
     * @param kind the policy's kind, such as NetworkPolicy
     * @param name the policy's name
     * @param uid the policy's metadata.uid: a new policy of the same name is another policy
     * @param generation the policy's metadata.generation that this is about
     * @param desired number of nodes with pods that the policy selects
     * @param enforced number of these nodes whose kernel runs this generation
     * @param unreachable number of these nodes that do not, and whose kubelet is silent too
     * @param waitingFor nodes that have not said that they enforce it, a few of them by name
     * @param problems fields that are not enforced as written
     * @param state where the policy stands
     */
    @Wire
    public record PolicyReport(
            @Required String kind,
            @Required String name,
            @Required String uid,
            @Required long generation,
            @Required int desired,
            @Required int enforced,
            @Required int unreachable,
            List<String> waitingFor,
            List<FieldProblem> problems,
            @Required State state) {

        public PolicyReport {
            waitingFor = Lists.copyOf(waitingFor);
            problems = Lists.copyOf(problems);
        }

        /** Whether it speaks of this very object at this generation. */
        public boolean isOf(PolicySource source) {
            return source.equals(new PolicySource(kind, name, uid, generation));
        }
    }

    /**
     * ENFORCED: by every node that must. PARTIAL: the same, but for the fields that its problems name. PENDING: not
     * yet by every node. REJECTED: not understood or beyond a limit, and closed for the pods that it selects.
     */
    public enum State {
        ENFORCED,
        PARTIAL,
        PENDING,
        REJECTED
    }

    /**
     * A field that is not enforced as written.
     *
     * @param field path of the field; empty for the whole object
     * @param message why, and what happens instead
     * @param severity REJECTED: its subjects are closed; NOT_ENFORCED: what the field would allow stays closed
     */
    @Wire
    public record FieldProblem(
            @Required String field,
            @Required String message,
            @Required Problem.Severity severity) {}
}
