package dev.heddle.crds;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import io.fabric8.generator.annotation.Required;

/**
 * A field of an object that is not enforced as written, and why.
 *
 * @param kind the object's kind, such as NetworkPolicy
 * @param namespace the object's namespace; empty for cluster-scoped kinds
 * @param name the object's name
 * @param generation the object's metadata.generation that this is about
 * @param field path of the field; empty for the whole object
 * @param message why, and what happens instead
 * @param severity REJECTED: its subjects are closed; NOT_ENFORCED: what the field would allow stays closed
 */
@Wire
public record Failure(
        @Required String kind,
        @Required String namespace,
        @Required String name,
        @Required long generation,
        @Required String field,
        @Required String message,
        @Required Problem.Severity severity) {

    public static Failure of(Problem problem) {
        Origin origin = problem.origin();
        return new Failure(
                origin.kind(),
                origin.namespace(),
                origin.name(),
                origin.generation(),
                origin.field(),
                problem.message(),
                problem.severity());
    }

    public Problem toProblem() {
        return new Problem(new Origin(kind, namespace, name, generation, field), severity, message);
    }
}
