package dev.heddle.crds;

import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Which addresses the node may claim.
 *
 * @param allowedCIDRs the pod ranges of the node, as its {@code spec.podCIDRs} has them
 */
@Wire
@ValidationRule(
        value = "!has(self.allowedCIDRs) || self.allowedCIDRs.all(c, isCIDR(c))",
        message = "allowedCIDRs must be address ranges such as 10.244.1.0/24")
public record NodeEndpointsSpec(@Size(max = 8) List<@Size(min = 1, max = 49) String> allowedCIDRs) {

    public NodeEndpointsSpec {
        allowedCIDRs = Lists.copyOf(allowedCIDRs);
    }
}
