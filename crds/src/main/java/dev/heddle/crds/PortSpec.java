package dev.heddle.crds;

import dev.heddle.policy.rule.Protocol;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * Destination ports of one protocol. With neither port nor name: every port.
 *
 * @param port the port, or the first of a range
 * @param endPort the last port of a range, included
 * @param name a named container port
 */
@Wire
public record PortSpec(
        @Required Protocol protocol,
        @Min(1) @Max(65535) @Nullable Integer port,
        @Min(1) @Max(65535) @Nullable Integer endPort,
        @Nullable String name) {}
