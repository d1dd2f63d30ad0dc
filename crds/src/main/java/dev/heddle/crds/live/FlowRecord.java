package dev.heddle.crds.live;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What one hook of a node did with one packet: the first of a flow that passes, or one that is dropped.
 *
 * @param time RFC 3339, UTC, in milliseconds
 * @param direction of the hook, seen from its pod: that is the source of EGRESS, the destination of INGRESS
 * @param reason why it was dropped; empty when it passed
 * @param protocol IANA number
 * @param rule the object and field that decided; null when none did, or when it is not known any more
 * @param why for people, where no rule is named; may be empty
 * @param revision of the node's tables that judged it
 * @param unsaid packets of this verdict before this one that got no record, on the same processor
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlowRecord(
        String time,
        FlowVerdict verdict,
        Direction direction,
        String reason,
        FlowEnd source,
        FlowEnd destination,
        int protocol,
        @Nullable Origin rule,
        String why,
        long revision,
        long unsaid) {}
