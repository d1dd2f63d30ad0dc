package dev.heddle.operator.write;

import java.time.Duration;

/**
 * How long what nobody uses is kept. Long enough for a node that was away, or a pod that comes back.
 *
 * @param policySets for policy sets
 * @param identities for identities
 */
public record Grace(Duration policySets, Duration identities) {}
