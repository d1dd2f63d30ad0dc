package dev.heddle.node.packetlife;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.support.Datapath;
import dev.heddle.policy.translate.ClusterNetworkPolicyTranslator;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/** ClusterNetworkPolicies as their authors write them, on the way that they take: translated, limited to the datapath. */
final class ClusterRules {

    private ClusterRules() {}

    static List<Rule> of(String yaml) {
        List<Rule> rules = new ArrayList<>();
        for (String spec : yaml.split("(?m)^---$", -1)) {
            ObjectMeta meta =
                    new ObjectMetaBuilder().withName("policy" + rules.size()).build();
            rules.addAll(ClusterNetworkPolicyTranslator.translate(
                            meta, Serialization.unmarshal(spec, ClusterNetworkPolicySpec.class), Datapath.TODAY)
                    .rules());
        }
        return Datapath.TODAY.limit(rules).rules();
    }
}
