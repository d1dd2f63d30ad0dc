package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * A daemon's answer.
 *
 * @param sequence all that PolicyHeads told the node up to it is in force
 * @param verdicts one for each question, in their order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LiveAnswer(String node, long sequence, List<LiveVerdict> verdicts) {
    public LiveAnswer {
        verdicts = List.copyOf(verdicts);
    }
}
