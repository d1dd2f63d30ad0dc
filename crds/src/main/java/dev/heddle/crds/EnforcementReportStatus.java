package dev.heddle.crds;

import dev.heddle.policy.rule.Problem;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/**
 * The policies of one namespace and how far each is enforced.
 *
 * @param policies sorted by kind and name
 */
@Wire
@SchemaCustomizer(value = ListMap.class, input = "policies: kind name")
@SchemaCustomizer(ConditionList.class)
public record EnforcementReportStatus(List<PolicyReport> policies, List<Condition> conditions) {

    public EnforcementReportStatus {
        policies = Lists.copyOf(policies);
        conditions = Lists.copyOf(conditions);
    }

    /**
     * One policy at one generation. Counts are nodes: those with selected pods, those whose kernel runs this
     * generation, those that could not be asked.
     *
     * @param waitingFor nodes that have not said that they enforce it, a few of them by name
     */
    @Wire
    public record PolicyReport(
            @Required String kind,
            @Required String name,
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
    }

    /** Where a policy stands. PARTIAL: enforced, but for the fields that its problems name. */
    public enum State {
        ENFORCED,
        PARTIAL,
        PENDING,
        REJECTED
    }

    /** A field that is not enforced as written. */
    @Wire
    public record FieldProblem(
            @Required String field,
            @Required String message,
            @Required Problem.Severity severity) {}
}
