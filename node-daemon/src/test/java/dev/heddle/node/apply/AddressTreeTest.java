package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.kernel.Ipv4;
import dev.heddle.policy.compile.Capacity;
import dev.heddle.policy.compile.Compiler;
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
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree that the kernel walks gives each address the peer that the prefix table gives it. */
class AddressTreeTest {

    @Test
    void agreesWithThePrefixTableOnRandomRanges() {
        long seed = Long.getLong("heddle.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<Cidr> ranges = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                ranges.add(Cidr.parse(near(random) + "/" + (8 + random.nextInt(25))));
            }
            PrefixTable table = table(ranges, random);
            AddressTree tree = AddressTree.of(table);
            for (int i = 0; i < 2000; i++) {
                Ipv4 address = near(random);
                assertThat(tree.peer(address)).as("%s, seed %d", address, seed).isEqualTo(table.peer(address.cidr()));
            }
        }
    }

    /** Few distinct octets, so that ranges nest and share pages. */
    private static Ipv4 near(Random random) {
        int bits = 0;
        for (int octet = 0; octet < 4; octet++) {
            bits = (bits << 8) | (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(4));
        }
        return new Ipv4(bits);
    }

    private static PrefixTable table(List<Cidr> ranges, Random random) {
        LabelSelector everything = LabelSelector.EVERYTHING;
        List<Rule> rules = new ArrayList<>();
        for (Cidr range : ranges) {
            rules.add(new Rule(
                    new Origin("NetworkPolicy", "shop", "p" + rules.size(), 1, "spec"),
                    Direction.INGRESS,
                    new Subject("shop", everything),
                    Tier.NETWORK_POLICY,
                    0,
                    Action.ACCEPT,
                    List.of(new Peer.IpBlock(range, List.of())),
                    List.of()));
        }
        Identity web = Identity.of("shop", Map.of("app", "web"), List.of());
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            claims.add(new Claim(near(random).cidr(), web.hash()));
        }
        NodeView view = new NodeView(
                rules,
                List.of(new LocalEndpoint("web", "shop", Map.of("app", "web"), List.of())),
                Map.of("shop", Map.of()),
                Map.of(web.hash(), web),
                claims.stream().distinct().toList(),
                List.of(Cidr.parse("1.0.0.0/8")));
        return Compiler.compile(view, new PeerNumbering(65536), Capacity.OF_THE_KERNEL_TABLES)
                .prefixes();
    }
}
