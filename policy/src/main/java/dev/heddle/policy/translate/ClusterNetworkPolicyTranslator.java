package dev.heddle.policy.translate;

import dev.heddle.policy.api.ClusterNetworkPolicySpec;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.EgressRule;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.IngressRule;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.NamespacedPod;
import dev.heddle.policy.api.ClusterNetworkPolicySpec.PolicySubject;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import dev.heddle.policy.support.Datapath;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates {@code policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy}: each entry of {@code ingress} and {@code
 * egress} becomes one rule at its position. Peers and ports keep their order.
 *
 * <p>It fails closed as the API asks. A rule that cannot be read matches nothing if it is an Accept, and denies
 * everything otherwise. When tier, priority or subject cannot be read, the most is assumed (Admin, 0, every pod that the
 * readable part may mean); then no Accept counts, and every Pass denies what it would pass.
 */
public final class ClusterNetworkPolicyTranslator {

    public static final String KIND = "ClusterNetworkPolicy";

    private static final int LOWEST_PRIORITY = 1000;

    private ClusterNetworkPolicyTranslator() {}

    /**
     * The rules of a policy, or what is wrong with it. Never throws for content.
     *
     * @param datapath what will enforce the rules: what it cannot is among the problems
     */
    public static Translation translate(ObjectMeta meta, ClusterNetworkPolicySpec spec, Datapath datapath) {
        long generation = meta.getGeneration() == null ? 0 : meta.getGeneration();
        Field field = new Field(new Origin(KIND, "", meta.getName(), generation, "spec"), new ArrayList<>());
        field.rejectUnknown(spec.unknown());
        Frame frame = new Frame(
                tier(spec.tier(), field.at("tier")),
                priority(spec.priority(), field.at("priority")),
                subject(spec.subject(), field.at("subject")),
                field.problems().isEmpty());
        List<Rule> rules = new ArrayList<>();
        List<IngressRule> ingress = Lists.orEmpty(spec.ingress());
        for (int i = 0; i < ingress.size(); i++) {
            rules.add(ingress(ingress.get(i), i, frame, field.at("ingress").at(i)));
        }
        List<EgressRule> egress = Lists.orEmpty(spec.egress());
        for (int i = 0; i < egress.size(); i++) {
            rules.add(egress(egress.get(i), i, frame, field.at("egress").at(i)));
        }
        boolean understood = field.problems().isEmpty();
        field.problems().addAll(datapath.limit(rules).problems());
        return understood
                ? new Translation.Translated(List.copyOf(rules), List.copyOf(field.problems()))
                : new Translation.Rejected(List.copyOf(field.problems()), List.copyOf(rules));
    }

    /** What all rules of an object share; not {@code readable} if some of it is an assumption. */
    private record Frame(Tier tier, int priority, Subject subject, boolean readable) {

        Rule rule(
                Origin origin,
                Direction direction,
                int position,
                Action action,
                List<Peer> peers,
                List<PortMatch> ports) {
            Rule rule = new Rule(origin, direction, subject, tier, priority, position, action, peers, ports);
            if (readable) {
                return rule;
            }
            return action == Action.ACCEPT ? rule.closed() : rule.with(Action.DENY, peers, ports);
        }
    }

    private static Rule ingress(IngressRule read, int position, Frame frame, Field field) {
        int before = field.problems().size();
        field.rejectUnknown(read.unknown());
        Action action = action(read.action(), field.at("action"));
        List<Peer> from = ClusterPeers.from(read.from(), field.at("from"));
        List<PortMatch> ports = ClusterPorts.read(read.protocols(), from, field.at("protocols"));
        Rule rule = frame.rule(field.origin(), Direction.INGRESS, position, action, from, ports);
        return field.problems().size() > before ? rule.closed() : rule;
    }

    private static Rule egress(EgressRule read, int position, Frame frame, Field field) {
        int before = field.problems().size();
        field.rejectUnknown(read.unknown());
        Action action = action(read.action(), field.at("action"));
        List<Peer> to = ClusterPeers.to(read.to(), field.at("to"));
        List<PortMatch> ports = ClusterPorts.read(read.protocols(), to, field.at("protocols"));
        if (action != Action.ACCEPT && to.stream().anyMatch(Peer.DomainNames.class::isInstance)) {
            field.at("to").reject("domainNames can only be accepted; deny or pass networks instead");
        }
        Rule rule = frame.rule(field.origin(), Direction.EGRESS, position, action, to, ports);
        return field.problems().size() > before ? rule.closed() : rule;
    }

    private static Action action(@Nullable String text, Field field) {
        return switch (text) {
            case "Accept" -> Action.ACCEPT;
            case "Deny" -> Action.DENY;
            case "Pass" -> Action.PASS;
            case null, default -> {
                field.reject("'" + text + "' is no action; use Accept, Deny or Pass");
                yield Action.DENY;
            }
        };
    }

    private static Tier tier(@Nullable String text, Field field) {
        return switch (text) {
            case "Admin" -> Tier.ADMIN;
            case "Baseline" -> Tier.BASELINE;
            case null, default -> {
                field.reject("'" + text + "' is no tier; use Admin or Baseline");
                yield Tier.ADMIN;
            }
        };
    }

    private static int priority(@Nullable Integer priority, Field field) {
        if (priority == null || priority < 0 || priority > LOWEST_PRIORITY) {
            field.reject(priority + " is no priority; give 0 to " + LOWEST_PRIORITY);
            return 0;
        }
        return priority;
    }

    private static Subject subject(@Nullable PolicySubject subject, Field field) {
        if (subject != null) {
            field.rejectUnknown(subject.unknown());
            if (subject.namespaces() != null && subject.pods() == null) {
                LabelSelector namespaces = Selectors.read(subject.namespaces(), field.at("namespaces"));
                return Subject.acrossNamespaces(namespaces, LabelSelector.EVERYTHING);
            }
            if (subject.pods() != null && subject.namespaces() == null) {
                return pods(subject.pods(), field.at("pods"));
            }
        }
        field.reject("give either namespaces or pods");
        return Subject.acrossNamespaces(LabelSelector.EVERYTHING, LabelSelector.EVERYTHING);
    }

    private static Subject pods(NamespacedPod pods, Field field) {
        field.rejectUnknown(pods.unknown());
        if (pods.podSelector() == null) {
            field.at("podSelector").reject("a podSelector is missing; {} selects all pods");
        }
        return Subject.acrossNamespaces(
                Selectors.read(pods.namespaceSelector(), field.at("namespaceSelector")),
                Selectors.read(pods.podSelector(), field.at("podSelector")));
    }
}
