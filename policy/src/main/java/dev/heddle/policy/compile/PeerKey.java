package dev.heddle.policy.compile;

import dev.heddle.policy.rule.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * What a peer id stands for: who, and the named ranges (those of rules) that cover the address. Ranges
 * nest, so the most specific one tells all that cover it.
 *
 * @param range the most specific named range that covers the address, or null
 */
public record PeerKey(Who who, @Nullable Cidr range) {}
