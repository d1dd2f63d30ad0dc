package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.kernel.Ipv4;
import dev.heddle.policy.compile.PrefixTable;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.List;
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
            List<Cidr> pods = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                pods.add(near(random).cidr());
            }
            PrefixTable table = PrefixTables.of(ranges, pods);
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
}
