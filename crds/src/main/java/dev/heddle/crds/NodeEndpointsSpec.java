package dev.heddle.crds;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Which addresses the node may claim.
 *
 * @param allowedCIDRs the node's {@code spec.podCIDRs}
 */
@Wire
@ValidationRule(
        value = "!has(self.allowedCIDRs) || self.allowedCIDRs.all(c, isCIDR(c))",
        message = "allowedCIDRs must be address ranges such as 10.244.1.0/24")
@SchemaCustomizer(
        value = SchemaCustomizer.MergePatchCustomizer.class,
        input = "{properties: {allowedCIDRs: {x-kubernetes-list-type: set, items: {minLength: 1, maxLength: 49}}}}")
public record NodeEndpointsSpec(@Size(max = 8) List<String> allowedCIDRs) {

    public NodeEndpointsSpec {
        allowedCIDRs = Lists.copyOf(allowedCIDRs);
    }
}
