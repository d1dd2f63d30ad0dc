package dev.heddle.node.apply;

import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.ServiceAddress;
import dev.heddle.node.kernel.ServiceNode;
import dev.heddle.node.kernel.ServiceTarget;
import dev.heddle.node.kernel.Services;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which services are in force, while steps change them. Copied only when one changes: there may be tens of thousands. */
final class ServiceAccount {

    private final Services before;
    private @Nullable Map<ServiceAddress, ServiceTarget> targets;
    private @Nullable Map<Address, ServiceNode> nodes;

    ServiceAccount(Services before) {
        this.before = before;
    }

    Map<ServiceAddress, ServiceTarget> targets() {
        Map<ServiceAddress, ServiceTarget> own = targets;
        if (own == null) {
            own = new HashMap<>(before.targets());
            targets = own;
        }
        return own;
    }

    Map<Address, ServiceNode> nodes() {
        Map<Address, ServiceNode> own = nodes;
        if (own == null) {
            own = new HashMap<>(before.nodes());
            nodes = own;
        }
        return own;
    }

    Services toServices() {
        return targets == null && nodes == null
                ? before
                : new Services(targets == null ? before.targets() : targets, nodes == null ? before.nodes() : nodes);
    }
}
