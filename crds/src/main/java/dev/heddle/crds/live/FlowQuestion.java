package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records of flows are wanted, as the member {@link #FIELD} of an object. Each condition that is given must hold.
 *
 * @param namespace one end is a pod of this namespace
 * @param pod with {@code namespace}: one end is this pod, by its name or by one of the addresses
 * @param addresses of the pod
 * @param seconds records at most this old; 0 for any age
 * @param most at most so many, the newest; 0 for all
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlowQuestion(
        @Nullable String namespace,
        @Nullable String pod,
        List<String> addresses,
        @Nullable FlowVerdict verdict,
        long seconds,
        int most) {

    /** Member of the object in which a question travels. */
    public static final String FIELD = "flows";

    public FlowQuestion {
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
    }
}
