package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a daemon's answer to a {@link FlowQuestion}; one {@link FlowRecord} on each line follows, the oldest
 * first.
 *
 * @param matching records that fit the question; as many follow, or as many as were asked for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FlowsHeld(String node, int matching, List<Held> held) {

    public FlowsHeld {
        held = List.copyOf(held);
    }

    /**
     * What the daemon holds of one verdict.
     *
     * @param since time of the oldest record that is held; null when there is none
     * @param overwritten records that newer ones have replaced, since the daemon started
     * @param suppressed packets beyond the limit of a second, which got no record, since the tables were made
     * @param lost records that found no room on their way to the daemon, since the tables were made
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Held(
            FlowVerdict verdict, int records, @Nullable String since, long overwritten, long suppressed, long lost) {}
}
