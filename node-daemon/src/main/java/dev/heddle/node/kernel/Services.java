package dev.heddle.node.kernel;

import java.util.Map;

/**
 * The services that connections meet.
 *
 * @param targets by address; node ports have the unspecified address of their family
 * @param nodes the addresses at which node ports are
 */
public record Services(Map<ServiceAddress, ServiceTarget> targets, Map<Address, ServiceNode> nodes) {
    public static final Services NONE = new Services(Map.of(), Map.of());

    public Services {
        targets = Map.copyOf(targets);
        nodes = Map.copyOf(nodes);
    }
}
