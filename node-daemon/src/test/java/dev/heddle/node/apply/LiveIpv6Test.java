package dev.heddle.node.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MapSpec;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.policy.compile.PrefixTable;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trees as the daemon writes them, with pages for the bytes only in which prefixes part, read from the kernel's memory. */
@Tag("bpf")
class LiveIpv6Test {

    private static final long SEED = Long.getLong("heddle.seed", System.nanoTime());

    @Test
    void findsThePeerThatTheTreeHas() {
        Map<KernelMap, BpfMap> maps = new EnumMap<>(KernelMap.class);
        for (KernelMap map : KernelMap.values()) {
            if (map.mapName().endsWith("6") || map == KernelMap.ENDPOINTS) {
                maps.put(map, BpfMap.create(MapSpec.of(map)));
            }
        }
        try (MappedArray endpoints = MappedArray.of(map(maps, KernelMap.ENDPOINTS));
                MappedArray root = MappedArray.of(map(maps, KernelMap.ADDRESS_ROOT6));
                MappedArray pages = MappedArray.of(map(maps, KernelMap.ADDRESS_PAGES6));
                LiveIpv6 live = new LiveIpv6(wanted -> map(maps, wanted), endpoints)) {
            Random random = new Random(SEED);
            List<Cidr> named = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                named.add(Cidr.parse(near(random) + "/" + random.nextInt(129)));
            }
            PrefixTable table = PrefixTables.of(named, List.of());
            AddressTree6.in(new TreeMemory.Shared(root, 1), new TreeMemory.Shared(pages, 1))
                    .paint(table);
            for (int i = 0; i < 5000; i++) {
                Cidr address = near(random).cidr();
                assertThat(live.peer(1, address))
                        .as("%s, seed %d", address, SEED)
                        .isEqualTo(table.peer(address));
            }
        } finally {
            maps.values().forEach(BpfMap::close);
        }
    }

    private static BpfMap map(Map<KernelMap, BpfMap> maps, KernelMap wanted) {
        BpfMap map = maps.get(wanted);
        if (map == null) {
            throw new IllegalArgumentException(wanted.mapName());
        }
        return map;
    }

    /** Few different values in each part, so that prefixes nest and addresses share some of their bytes. */
    private static Ipv6 near(Random random) {
        long high = 0x2001_0db8_0000_0000L
                | ((long) random.nextInt(3) << 32)
                | ((long) random.nextInt(3) << 16)
                | random.nextInt(3);
        return new Ipv6(high, ((long) random.nextInt(3) << 48) | random.nextInt(4));
    }
}
