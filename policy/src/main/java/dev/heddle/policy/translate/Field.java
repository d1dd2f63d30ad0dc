package dev.heddle.policy.translate;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place inside an object that is being read; complaints about it go to one list. */
record Field(Origin origin, List<Problem> problems) {

    Field at(String name) {
        return new Field(origin.at(origin.field() + "." + name), problems);
    }

    Field at(int index) {
        return new Field(origin.at(origin.field() + "[" + index + "]"), problems);
    }

    void reject(String why) {
        problems.add(new Problem(origin, Problem.Severity.REJECTED, why));
    }

    /** A field we do not know may narrow what its neighbours say: to ignore it would allow too much. */
    void rejectUnknown(@Nullable Map<String, Object> additionalProperties) {
        if (additionalProperties != null) {
            additionalProperties.keySet().stream()
                    .sorted()
                    .forEach(name -> at(name).reject("this field is not known; remove it or use a newer Heddle"));
        }
    }
}
