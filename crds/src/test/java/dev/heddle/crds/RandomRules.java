package dev.heddle.crds;

import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.PortMatch;
import dev.heddle.policy.rule.Protocol;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Policy sets with every shape of rule, from a seed. */
final class RandomRules {

    private static final String[] KEYS = {"app", "tier", "in", "notin", "kubernetes.io/metadata.name", "a.b/c-d_e"};

    private final Random random;

    RandomRules(long seed) {
        random = new Random(seed);
    }

    PolicySetContent content(int sources, int rulesEach) {
        List<PolicySource> objects = Stream.iterate(0, i -> i < sources, i -> i + 1)
                .map(i -> new PolicySource("NetworkPolicy", "policy-" + i, "uid-" + i, 1 + random.nextInt(9)))
                .toList();
        List<Rule> rules = objects.stream()
                .flatMap(object -> list(random.nextInt(rulesEach + 1), () -> rule(object)).stream())
                .toList();
        return new PolicySetContent("shop", objects, rules);
    }

    private Rule rule(PolicySource source) {
        Direction direction = oneOf(Direction.values());
        return new Rule(
                new Origin(source.kind(), "shop", source.name(), source.generation(), "spec.ingress[" + pick(9) + "]"),
                direction,
                random.nextBoolean()
                        ? new Subject("shop", selector())
                        : Subject.acrossNamespaces(selector(), selector()),
                oneOf(Tier.values()),
                pick(1000),
                pick(3),
                oneOf(Action.values()),
                list(1 + pick(3), () -> peer(direction)),
                list(pick(3), this::port));
    }

    private Peer peer(Direction direction) {
        return switch (pick(direction == Direction.EGRESS ? 8 : 6)) {
            case 0 -> new Peer.Anyone();
            case 1 -> new Peer.Nobody();
            case 2 -> new Peer.Pods(null, "shop", selector());
            case 3 -> new Peer.Pods(selector(), "shop", selector());
            case 4 -> new Peer.IpBlock(cidr(), list(pick(3), this::cidr));
            case 5 -> new Peer.Networks(list(1 + pick(3), this::cidr));
            case 6 -> new Peer.Nodes(selector());
            default -> new Peer.DomainNames(list(1 + pick(3), () -> "*.example" + pick(9) + ".org"));
        };
    }

    private PortMatch port() {
        Protocol protocol = oneOf(Protocol.values());
        int port = 1 + pick(60000);
        return switch (pick(4)) {
            case 0 -> new PortMatch.AnyPort(protocol);
            case 1 -> new PortMatch.Range(protocol, port, port);
            case 2 -> new PortMatch.Range(protocol, port, port + pick(5000));
            default -> new PortMatch.Named(random.nextBoolean() ? protocol : null, "web-" + pick(3));
        };
    }

    private Cidr cidr() {
        return Cidr.parse(
                random.nextBoolean()
                        ? "10." + pick(256) + "." + pick(256) + ".0/" + (8 + pick(25))
                        : "fd00:" + Integer.toHexString(pick(65536)) + "::/" + (16 + pick(113)));
    }

    private LabelSelector selector() {
        return new LabelSelector(list(pick(3), () -> {
            Requirement.Operator operator = oneOf(Requirement.Operator.values());
            boolean hasValues = operator == Requirement.Operator.IN || operator == Requirement.Operator.NOT_IN;
            return new Requirement(
                    oneOf(KEYS), operator, list(hasValues ? 1 + pick(3) : 0, () -> pick(5) == 0 ? "" : "v" + pick(9)));
        }));
    }

    private int pick(int bound) {
        return random.nextInt(bound);
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> List<T> list(int size, Supplier<T> next) {
        return Stream.generate(next).limit(size).toList();
    }
}
