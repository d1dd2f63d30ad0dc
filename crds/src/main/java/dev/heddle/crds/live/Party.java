package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Whom a node took an end of a flow for.
 *
 * @param namespace of a pod
 * @param pod its name, of a pod of the node itself; of others only the labels are known
 * @param labels those of a pod that policies can see
 * @param range the most specific range of a rule that has the address
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Party(
        Kind kind,
        @Nullable String namespace,
        @Nullable String pod,
        @Nullable SortedMap<String, String> labels,
        @Nullable String range) {

    /** Outside the cluster. */
    public static final Party WORLD = of(Kind.WORLD);

    /** The node itself. */
    public static final Party HOST = of(Kind.HOST);

    /** A pod's address, of which the node had not heard yet whose it is. */
    public static final Party PENDING = of(Kind.PENDING);

    /** Nobody was asked, or what was answered is not known any more. */
    public static final Party UNKNOWN = of(Kind.UNKNOWN);

    /** What somebody can be. */
    public enum Kind {
        POD,
        NODE,
        HOST,
        WORLD,
        PENDING,
        UNKNOWN
    }

    /** Somebody of whom nothing else is known. */
    public static Party of(Kind kind) {
        return new Party(kind, null, null, null, null);
    }

    /** The same in this range. */
    public Party in(@Nullable String of) {
        return new Party(kind, namespace, pod, labels, of);
    }
}
