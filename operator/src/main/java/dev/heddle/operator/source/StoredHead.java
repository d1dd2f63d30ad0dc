package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.heddle.crds.Api;
import dev.heddle.crds.PolicyHeadSpec;
import dev.heddle.operator.index.HeadSummary;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A PolicyHead without its rules, which are looked at once, when it comes. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("PolicyHead")
@Singular("policyhead")
@Plural("policyheads")
public final class StoredHead extends PartialObject<StoredHead.Spec, Void> {

    private static final long serialVersionUID = 1L;

    /** What is kept of {@link PolicyHeadSpec}. */
    public record Spec(HeadSummary says) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Spec of(PolicyHeadSpec spec) {
            return new Spec(HeadSummary.of(spec));
        }
    }
}
