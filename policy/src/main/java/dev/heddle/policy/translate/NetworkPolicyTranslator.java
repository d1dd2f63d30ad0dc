package dev.heddle.policy.translate;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Problem;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Datapath;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Translates {@code networking.k8s.io/v1 NetworkPolicy}: each entry of {@code ingress} and {@code egress} becomes
 * one Accept, and each policy type one Deny behind them that isolates the selected pods. Entries of a direction
 * that the policy types do not name have no effect, as in the API; they are still read, and must be right.
 *
 * <p>Peers and ports keep their order, so that {@code peers.get(1)} of {@code spec.ingress[0]} is its {@code
 * from[1]}.
 */
public final class NetworkPolicyTranslator {

    private static final String KIND = "NetworkPolicy";

    private NetworkPolicyTranslator() {}

    /**
     * The rules of a policy, or what is wrong with it. Never throws for content.
     *
     * @param datapath what will enforce the rules: what it cannot is among the problems
     */
    public static Translation translate(NetworkPolicy policy, Datapath datapath) {
        ObjectMeta meta = policy.getMetadata();
        long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
        Origin origin = new Origin(KIND, meta.getNamespace(), meta.getName(), generation, "spec");
        NetworkPolicySpec spec = policy.getSpec() == null ? new NetworkPolicySpec() : policy.getSpec();
        return translate(spec, new Field(origin, new ArrayList<>()), datapath);
    }

    private static Translation translate(NetworkPolicySpec spec, Field field, Datapath datapath) {
        List<Problem> problems = field.problems();
        String namespace = field.origin().namespace();
        LabelSelector selected = Selectors.read(spec.getPodSelector(), field.at("podSelector"));
        Subject subject = new Subject(namespace, problems.isEmpty() ? selected : LabelSelector.EVERYTHING);
        field.rejectUnknown(spec.getAdditionalProperties());
        Set<Direction> directions = directions(spec, field.at("policyTypes"));
        List<Rule> rules = new ArrayList<>(ingress(Lists.orEmpty(spec.getIngress()), subject, field.at("ingress")));
        rules.addAll(egress(Lists.orEmpty(spec.getEgress()), subject, field.at("egress")));
        rules.removeIf(rule -> !directions.contains(rule.direction()));
        List<Rule> isolation = directions.stream()
                .map(direction -> isolate(field.at("podSelector"), direction, subject))
                .toList();
        if (!problems.isEmpty()) {
            return new Translation.Rejected(List.copyOf(problems), isolation);
        }
        rules.addAll(isolation);
        return new Translation.Translated(
                List.copyOf(rules), datapath.limit(rules).problems());
    }

    private static List<Rule> ingress(List<NetworkPolicyIngressRule> entries, Subject subject, Field field) {
        List<Rule> accepts = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            NetworkPolicyIngressRule entry = entries.get(i);
            Field at = field.at(i);
            at.rejectUnknown(entry.getAdditionalProperties());
            List<Peer> from = Peers.read(entry.getFrom(), subject.namespace(), at.at("from"));
            accepts.add(accept(at, Direction.INGRESS, subject, i, from, Ports.read(entry.getPorts(), at.at("ports"))));
        }
        return accepts;
    }

    private static List<Rule> egress(List<NetworkPolicyEgressRule> entries, Subject subject, Field field) {
        List<Rule> accepts = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            NetworkPolicyEgressRule entry = entries.get(i);
            Field at = field.at(i);
            at.rejectUnknown(entry.getAdditionalProperties());
            List<Peer> to = Peers.read(entry.getTo(), subject.namespace(), at.at("to"));
            accepts.add(accept(at, Direction.EGRESS, subject, i, to, Ports.read(entry.getPorts(), at.at("ports"))));
        }
        return accepts;
    }

    /** Absent policy types mean Ingress, and Egress if there are egress rules (API reference, policyTypes). */
    private static Set<Direction> directions(NetworkPolicySpec spec, Field field) {
        List<String> types = Lists.orEmpty(spec.getPolicyTypes());
        if (types.isEmpty()) {
            return Lists.orEmpty(spec.getEgress()).isEmpty()
                    ? EnumSet.of(Direction.INGRESS)
                    : EnumSet.allOf(Direction.class);
        }
        Set<Direction> directions = EnumSet.noneOf(Direction.class);
        for (int i = 0; i < types.size(); i++) {
            switch (String.valueOf(types.get(i))) {
                case "Ingress" -> directions.add(Direction.INGRESS);
                case "Egress" -> directions.add(Direction.EGRESS);
                default -> {
                    field.at(i).reject("'" + types.get(i) + "' is no policy type; use Ingress or Egress");
                    return EnumSet.allOf(Direction.class);
                }
            }
        }
        return directions;
    }

    private static Rule accept(
            Field field, Direction direction, Subject subject, int position, List<Peer> peers, List<PortMatch> ports) {
        return new Rule(
                field.origin(), direction, subject, Tier.NETWORK_POLICY, 0, position, Action.ACCEPT, peers, ports);
    }

    private static Rule isolate(Field field, Direction direction, Subject subject) {
        List<Peer> anyone = List.of(new Peer.Anyone());
        return new Rule(field.origin(), direction, subject, Tier.NETWORK_POLICY, 1, Action.DENY, anyone, List.of());
    }
}
