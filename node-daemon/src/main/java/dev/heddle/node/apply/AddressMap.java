package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Addresses to numbers: a map of the kernel for each family. */
final class AddressMap {

    private static final int CHUNK = 1024;

    private final BpfMap ipv4;
    private final BpfMap ipv6;

    AddressMap(Pinned pinned, KernelMap ipv4, KernelMap ipv6) {
        this.ipv4 = pinned.map(ipv4);
        this.ipv6 = pinned.map(ipv6);
    }

    Map<Address, Integer> read() {
        Map<Address, Integer> found = new HashMap<>();
        for (BpfMap map : List.of(ipv4, ipv6)) {
            map.batch().scan(CHUNK, (key, value) -> {
                byte[] octets = new byte[key.remaining()];
                key.get(key.position(), octets);
                found.put(
                        Address.of(octets), value.order(ByteOrder.nativeOrder()).getInt(value.position()));
            });
        }
        return found;
    }

    OptionalInt get(Address address) {
        return map(address)
                .lookup(address.octets())
                .map(value -> OptionalInt.of(
                        ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt()))
                .orElse(OptionalInt.empty());
    }

    void put(Address address, int number) {
        map(address).put(address.octets(), SlotTable.nativeInt(number));
    }

    void remove(Address address) {
        map(address).delete(address.octets());
    }

    private BpfMap map(Address address) {
        return switch (address) {
            case Ipv4 own -> ipv4;
            case Ipv6 own -> ipv6;
        };
    }
}
