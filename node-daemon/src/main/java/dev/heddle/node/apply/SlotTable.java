package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.EndpointUsageLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.node.kernel.PodAddresses;
import dev.heddle.node.kernel.Slot;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/** The pods' slots in the kernel, and the index of their addresses. */
final class SlotTable implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();
    private static final Ipv4 NO_IPV4 = new Ipv4(0);
    private static final Ipv6 NO_IPV6 = new Ipv6(0, 0);

    private final MappedArray slots;
    private final MappedArray usage;
    private final AddressMap localAddresses;
    private final IntSupplier incarnations;
    private final Map<Integer, Integer> inherited = new HashMap<>();
    /** Indexes that may hold a device: a look at every slot would be a cache miss each. */
    private final BitSet taken = new BitSet();

    /**
     * Over the pinned maps.
     *
     * @param incarnations numbers that never come twice in one boot
     */
    SlotTable(Pinned pinned, IntSupplier incarnations) {
        slots = MappedArray.of(pinned.map(KernelMap.ENDPOINTS));
        usage = MappedArray.of(pinned.map(KernelMap.ENDPOINT_USAGE));
        localAddresses = new AddressMap(pinned, KernelMap.LOCAL_ADDRESSES, KernelMap.LOCAL_ADDRESSES6);
        this.incarnations = incarnations;
        for (int index = 0; index < Abi.ENDPOINTS; index++) {
            taken.set(index, slots.getInt(index, EndpointLayout.IFINDEX) != 0);
        }
    }

    Map<Integer, Slot> read() {
        Map<Integer, Slot> found = new HashMap<>();
        for (int index = 0; index < Abi.ENDPOINTS; index++) {
            int ifindex = slots.getInt(index, EndpointLayout.IFINDEX);
            if (ifindex != 0) {
                byte[] mac = slots.read(index, EndpointLayout.MAC, EndpointLayout.MAC_COUNT);
                found.put(
                        ifindex,
                        new Slot(
                                ifindex,
                                addresses(index),
                                Arrays.equals(mac, new byte[EndpointLayout.MAC_COUNT]) ? "" : HEX.formatHex(mac),
                                (slots.getInt(index, EndpointLayout.FLAGS) & Abi.ENDPOINT_CLOSED) != 0));
            }
        }
        return found;
    }

    /** What no rule of the live half can deny, by ifindex; not of devices that this half closes. */
    Map<Integer, OpenDirections> open(int half) {
        Map<Integer, OpenDirections> found = new HashMap<>();
        for (int index = 0; index < Abi.ENDPOINTS; index++) {
            int ifindex = slots.getInt(index, EndpointLayout.IFINDEX);
            int flags = ifindex == 0 ? Abi.HALF_CLOSED : slots.getByte(index, EndpointLayout.HALF_FLAGS + half);
            if ((flags & Abi.HALF_CLOSED) == 0) {
                found.put(
                        ifindex,
                        new OpenDirections((flags & Abi.HALF_OPEN_INGRESS) != 0, (flags & Abi.HALF_OPEN_EGRESS) != 0));
            }
        }
        return found;
    }

    /** Sets who every device's pod is under one half's image; a device that is not named is closed there. */
    void subjects(int half, Map<Integer, Subjects> subjects, Image image) {
        for (int index = taken.nextSetBit(0); index >= 0; index = taken.nextSetBit(index + 1)) {
            int ifindex = slots.getInt(index, EndpointLayout.IFINDEX);
            if (ifindex != 0) {
                Subjects own = subjects.get(ifindex);
                if (own == null) {
                    slots.setByte(index, EndpointLayout.HALF_FLAGS + half, (byte) Abi.HALF_CLOSED);
                } else {
                    writeSubjects(half, index, own, image);
                }
            }
        }
    }

    /** Writes all of a slot; the device's number comes last, and what opens a slot comes after what it opens to. */
    void store(Slot slot, Subjects subjects, Image image) {
        int index = slot.index();
        int holder = slots.getInt(index, EndpointLayout.IFINDEX);
        if (holder != 0 && holder != slot.ifindex()) {
            throw new KernelException("device " + slot.ifindex() + " needs the slot that device " + holder + " has");
        }
        taken.set(index);
        List<Address> before = holder == 0 ? List.of() : addresses(index).all();
        for (int half = 0; half < Abi.HALVES; half++) {
            writeSubjects(half, index, subjects, image);
        }
        byte[] mac = slot.mac().isEmpty() ? new byte[EndpointLayout.MAC_COUNT] : HEX.parseHex(slot.mac());
        slots.write(index, EndpointLayout.MAC, mac, 0, mac.length);
        writeAddresses(index, slot.addresses());
        if (holder == 0) {
            Integer incarnation = inherited.remove(slot.ifindex());
            slots.setInt(
                    index, EndpointLayout.INCARNATION, incarnation == null ? incarnations.getAsInt() : incarnation);
            usage.setInt(index, EndpointUsageLayout.CONNTRACK_ENTRIES, 0);
            usage.setInt(index, EndpointUsageLayout.NO_ROOM, 0);
            slots.write(index, EndpointLayout.TRANSLATED, new byte[Abi.PORT_SLOTS], 0, Abi.PORT_SLOTS);
        }
        before.stream()
                .filter(address -> !slot.addresses().contains(address))
                .forEach(address -> forget(address, slot.ifindex()));
        slots.setIntRelease(index, EndpointLayout.FLAGS, slot.closed() ? Abi.ENDPOINT_CLOSED : 0);
        slots.setIntRelease(index, EndpointLayout.IFINDEX, slot.ifindex());
        slot.addresses().all().forEach(address -> localAddresses.put(address, slot.ifindex()));
    }

    void close(Slot slot) {
        if (slots.getInt(slot.index(), EndpointLayout.IFINDEX) == slot.ifindex()) {
            slots.setIntRelease(slot.index(), EndpointLayout.FLAGS, Abi.ENDPOINT_CLOSED);
        }
    }

    void clear(Slot slot) {
        if (slots.getInt(slot.index(), EndpointLayout.IFINDEX) == slot.ifindex()) {
            slots.setIntRelease(slot.index(), EndpointLayout.IFINDEX, 0);
            taken.clear(slot.index());
        }
        slot.addresses().all().forEach(address -> forget(address, slot.ifindex()));
    }

    /** Whose a conntrack entry may be: the device's present incarnation; 0 without a slot. */
    int incarnation(int ifindex) {
        int index = ifindex & 0xffff;
        return slots.getIntAcquire(index, EndpointLayout.IFINDEX) == ifindex
                ? slots.getInt(index, EndpointLayout.INCARNATION)
                : 0;
    }

    /** How many flows a device is charged for. */
    int usage(int ifindex) {
        return usage.getInt(ifindex & 0xffff, EndpointUsageLayout.CONNTRACK_ENTRIES);
    }

    /** Charges a device for more flows. */
    void charge(int ifindex, int more) {
        usage.getAndAddInt(ifindex & 0xffff, EndpointUsageLayout.CONNTRACK_ENTRIES, more);
    }

    /** Has a device's TCP flows that have no entry judged by the tables, as where programs find no room. */
    void noRoom(int ifindex, long now) {
        usage.setInt(ifindex & 0xffff, EndpointUsageLayout.NO_ROOM, 1 + (int) (now >>> Abi.NO_ROOM_SHIFT));
    }

    /** Sets how many flows each device has; one that is not named has none. */
    void usage(Map<Integer, Integer> entries) {
        for (int index = 0; index < Abi.ENDPOINTS; index++) {
            int ifindex = slots.getInt(index, EndpointLayout.IFINDEX);
            if (ifindex != 0) {
                usage.setInt(index, EndpointUsageLayout.CONNTRACK_ENTRIES, entries.getOrDefault(ifindex, 0));
            }
        }
    }

    /** What devices that have no slot here yet were elsewhere: their flows stay theirs. */
    void inherit(Map<Integer, Integer> ofDevices) {
        inherited.putAll(ofDevices);
    }

    int highestIncarnation() {
        int highest = 0;
        for (int index = 0; index < Abi.ENDPOINTS; index++) {
            int incarnation = slots.getInt(index, EndpointLayout.INCARNATION);
            highest = Integer.compareUnsigned(incarnation, highest) > 0 ? incarnation : highest;
        }
        return highest;
    }

    long bytes() {
        return slots.bytes() + usage.bytes();
    }

    private void writeSubjects(int half, int index, Subjects subjects, Image image) {
        long place = EndpointLayout.SUBJECT + 2L * Abi.DIRECTIONS * half;
        slots.setShort(index, place + 2L * Abi.INGRESS, (short) subjects.ingress());
        slots.setShort(index, place + 2L * Abi.EGRESS, (short) subjects.egress());
        OpenDirections open = OpenDirections.of(image, subjects);
        int flags = (open.ingress() ? Abi.HALF_OPEN_INGRESS : 0) | (open.egress() ? Abi.HALF_OPEN_EGRESS : 0);
        slots.setByte(index, EndpointLayout.HALF_FLAGS + half, (byte) flags);
    }

    /** The address may already be another device's. */
    private void forget(Address address, int ifindex) {
        if (localAddresses.get(address).equals(OptionalInt.of(ifindex))) {
            localAddresses.remove(address);
        }
    }

    /** An address of zeros is none. */
    private PodAddresses addresses(int index) {
        Ipv4 ipv4 = Ipv4.of(slots.read(index, EndpointLayout.IPV4, 4));
        Ipv6 ipv6 = Ipv6.of(slots.read(index, EndpointLayout.IPV6, 16));
        return new PodAddresses(
                ipv4.equals(NO_IPV4) && !ipv6.equals(NO_IPV6) ? null : ipv4, ipv6.equals(NO_IPV6) ? null : ipv6);
    }

    private void writeAddresses(int index, PodAddresses addresses) {
        Ipv4 ipv4 = addresses.ipv4() == null ? NO_IPV4 : addresses.ipv4();
        Ipv6 ipv6 = addresses.ipv6() == null ? NO_IPV6 : addresses.ipv6();
        slots.write(index, EndpointLayout.IPV4, ipv4.octets(), 0, 4);
        slots.write(index, EndpointLayout.IPV6, ipv6.octets(), 0, 16);
    }

    static byte[] nativeInt(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    @Override
    public void close() {
        slots.close();
        usage.close();
    }
}
