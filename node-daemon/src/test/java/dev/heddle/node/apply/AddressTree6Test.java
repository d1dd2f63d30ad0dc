package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressRoot6Layout;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.policy.compile.PrefixTable;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree that the kernel walks gives each IPv6 address the peer that the prefix table gives it. */
class AddressTree6Test {

    private static final long SEED = Long.getLong("heddle.seed", System.nanoTime());

    private final AddressTree6 tree =
            AddressTree6.in(new TreeMemory.Own((int) AddressRoot6Layout.SIZE), new TreeMemory.Own(1 << 16));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 60, 400})
    void agreesWithThePrefixTableOnRandomRangesAndAddresses(int ranges) {
        Random random = new Random(SEED + ranges);
        List<Cidr> named = new ArrayList<>();
        for (int i = 0; i < ranges; i++) {
            named.add(Cidr.parse(near(random) + "/" + random.nextInt(129)));
        }
        PrefixTable table = PrefixTables.of(named, List.of());
        tree.paint(table);
        Map<Ipv6, Integer> stored = new HashMap<>();
        for (int i = 0; i < 3000; i++) {
            Ipv6 address = near(random);
            int expected = stored.getOrDefault(address, table.peer(address.cidr()));
            assertThat(tree.peer(address)).as("%s, seed %d", address, SEED).isEqualTo(expected);
            if (i % 10 == 0) {
                Ipv6 moved = near(random);
                tree.paint(moved, 60_000 + i % 5);
                stored.put(moved, 60_000 + i % 5);
                assertThat(tree.peer(moved)).as("%s, seed %d", moved, SEED).isEqualTo(60_000 + i % 5);
            }
        }
        stored.forEach((address, peer) ->
                assertThat(tree.peer(address)).as("%s, seed %d", address, SEED).isEqualTo(peer));
    }

    /** A page for every 256 addresses that are neighbours, and one where nodes part; nothing for what they share. */
    @Test
    void whatAddressesShareTakesNoPages() {
        tree.paint(PrefixTables.of(List.of(Cidr.parse("fd00:244::/48")), List.of()));
        assertThat(tree.pageCount()).isEqualTo(1);
        tree.paint(Ipv6.parse("fd00:244:0:1::2"), 5);
        tree.paint(Ipv6.parse("fd00:244:0:1::3"), 5);
        assertThat(tree.pageCount()).as("one leaf").isEqualTo(2);
        for (int node = 2; node <= 200; node++) {
            tree.paint(Ipv6.parse("fd00:244:0:" + Integer.toHexString(node) + "::2"), 5);
        }
        assertThat(tree.pageCount()).as("a leaf for each node, and a fork").isEqualTo(1 + 200 + 1);
    }

    /** What the compiler reckons with is what the tree takes. */
    @Test
    void theCompilerCountsTheSamePages() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            List<Cidr> named = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                named.add(Cidr.parse(near(random) + "/" + random.nextInt(129)));
            }
            AddressTree6 fresh =
                    AddressTree6.in(new TreeMemory.Own((int) AddressRoot6Layout.SIZE), new TreeMemory.Own(1 << 16));
            fresh.paint(PrefixTables.of(named, List.of()));
            int pages = fresh.pageCount();

            assertThat(PrefixTables.fit(named, pages)).as("seed %d", SEED).isTrue();
            assertThat(pages == 0 || !PrefixTables.fit(named, pages - 1))
                    .as("seed %d", SEED)
                    .isTrue();
        }
    }

    @Test
    void aPageIsAskedForOnlyWhenItIsNeeded() {
        tree.paint(Ipv6.parse("fd00::1"), 5);
        tree.paint(Ipv6.parse("fd00::1"), 6);
        tree.paint(Ipv6.parse("fd00::2"), 7);
        assertThat(tree.pageCount()).isEqualTo(1);
        assertThat(tree.peer(Ipv6.parse("fd00::1"))).isEqualTo(6);
        assertThat(tree.peer(Ipv6.parse("fd00::3"))).isEqualTo(Abi.PEER_WORLD);
        assertThat(tree.peer(Ipv6.parse("fd00::100"))).isEqualTo(Abi.PEER_WORLD);
    }

    /** Few distinct octets, most of them zero, so that ranges nest and share pages, and addresses their beginnings. */
    private static Ipv6 near(Random random) {
        byte[] octets = new byte[16];
        int same = random.nextInt(17);
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i < same ? i % 3 : random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(4));
        }
        return Ipv6.of(octets);
    }
}
