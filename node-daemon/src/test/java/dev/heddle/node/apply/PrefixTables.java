package dev.heddle.node.apply;

import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.NodeView;
import dev.heddle.policy.compile.NodeView.Claim;
import dev.heddle.policy.compile.NodeView.LocalEndpoint;
import dev.heddle.policy.compile.PeerNumbering;
import dev.heddle.policy.compile.PrefixTable;
import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Action;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Peer;
import dev.heddle.policy.rule.Rule;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prefix tables as the compiler makes them. */
final class PrefixTables {

    private static final int MUCH = 4 << 20;
    private static final Capacity.Share ANY = new Capacity.Share(MUCH, MUCH);

    private PrefixTables() {}

    /** Of ranges that rules name, and addresses of pods. */
    static PrefixTable of(List<Cidr> ranges, List<Cidr> pods) {
        return compile(ranges, pods, 65_536).prefixes();
    }

    /** Whether a compiler that knows of so many pages puts all these ranges into the tree. */
    static boolean fit(List<Cidr> ranges, int pages) {
        return compile(ranges, List.of(), pages).problems().isEmpty();
    }

    private static Image compile(List<Cidr> ranges, List<Cidr> pods, int pages) {
        List<Rule> rules = new ArrayList<>();
        for (Cidr range : ranges) {
            rules.add(new Rule(
                    new Origin("NetworkPolicy", "shop", "p" + rules.size(), 1, "spec"),
                    Direction.INGRESS,
                    new Subject("shop", LabelSelector.EVERYTHING),
                    Tier.NETWORK_POLICY,
                    0,
                    Action.ACCEPT,
                    List.of(new Peer.IpBlock(range, List.of())),
                    List.of()));
        }
        Identity web = Identity.of("shop", Map.of("app", "web"), List.of());
        NodeView view = new NodeView(
                rules,
                List.of(new LocalEndpoint("web", "shop", Map.of("app", "web"), List.of())),
                Map.of("shop", Map.of()),
                Map.of(web.hash(), web),
                pods.stream().distinct().map(pod -> new Claim(pod, web.hash())).toList(),
                List.of(Cidr.parse("1.0.0.0/8")));
        return Compiler.compile(
                view, new PeerNumbering(65_536), new Capacity(65_536, MUCH, 65_536, MUCH, pages, ANY, ANY));
    }
}
