package dev.heddle.crds;

import dev.heddle.policy.rule.Protocol;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/**
 * Destination ports of one protocol. With neither port nor name: every port.
 *
 * @param protocol absent only with a name: every protocol of which the pod has a port of the name
 * @param port the port, or the first of a range
 * @param endPort the last port of a range, included; absent for one port
 * @param name a named container port
 */
@Wire
public record PortSpec(
        @Nullable Protocol protocol,
        @Min(1) @Max(65535) @Nullable Integer port,
        @Min(1) @Max(65535) @Nullable Integer endPort,
        @Nullable String name) {}
