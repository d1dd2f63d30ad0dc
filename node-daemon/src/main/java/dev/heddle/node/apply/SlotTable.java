package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.EndpointUsageLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.OpenDirections;
import dev.heddle.node.kernel.Slot;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.Subjects;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.IntSupplier;

/** The pods' slots in the kernel, and the index of their addresses. */
final class SlotTable implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();

    private final MappedArray slots;
    private final MappedArray usage;
    private final BpfMap localAddresses;
    private final IntSupplier incarnations;

    /**
     * Over the pinned maps.
     *
     * @param incarnations numbers that never come twice in one boot
     */
    SlotTable(Pinned pinned, IntSupplier incarnations) {
        slots = MappedArray.of(pinned.map(KernelMap.ENDPOINTS));
        usage = MappedArray.of(pinned.map(KernelMap.ENDPOINT_USAGE));
        localAddresses = pinned.map(KernelMap.LOCAL_ADDRESSES);
        this.incarnations = incarnations;
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
                                Ipv4.of(slots.read(index, EndpointLayout.IPV4, 4)),
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
        for (int index = 0; index < Abi.ENDPOINTS; index++) {
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
        Ipv4 before = Ipv4.of(slots.read(index, EndpointLayout.IPV4, 4));
        for (int half = 0; half < Abi.HALVES; half++) {
            writeSubjects(half, index, subjects, image);
        }
        byte[] mac = slot.mac().isEmpty() ? new byte[EndpointLayout.MAC_COUNT] : HEX.parseHex(slot.mac());
        slots.write(index, EndpointLayout.MAC, mac, 0, mac.length);
        slots.write(index, EndpointLayout.IPV4, bytes(slot.address()), 0, 4);
        if (holder == 0) {
            slots.setInt(index, EndpointLayout.INCARNATION, incarnations.getAsInt());
            usage.setInt(index, EndpointUsageLayout.CONNTRACK_ENTRIES, 0);
        } else if (!before.equals(slot.address())) {
            forget(before, slot.ifindex());
        }
        slots.setIntRelease(index, EndpointLayout.FLAGS, slot.closed() ? Abi.ENDPOINT_CLOSED : 0);
        slots.setIntRelease(index, EndpointLayout.IFINDEX, slot.ifindex());
        localAddresses.put(bytes(slot.address()), nativeInt(slot.ifindex()));
    }

    void close(Slot slot) {
        if (slots.getInt(slot.index(), EndpointLayout.IFINDEX) == slot.ifindex()) {
            slots.setIntRelease(slot.index(), EndpointLayout.FLAGS, Abi.ENDPOINT_CLOSED);
        }
    }

    void clear(Slot slot) {
        if (slots.getInt(slot.index(), EndpointLayout.IFINDEX) == slot.ifindex()) {
            slots.setIntRelease(slot.index(), EndpointLayout.IFINDEX, 0);
        }
        forget(slot.address(), slot.ifindex());
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

    /** Sets how many flows each device has; one that is not named has none. */
    void usage(Map<Integer, Integer> entries) {
        for (int index = 0; index < Abi.ENDPOINTS; index++) {
            int ifindex = slots.getInt(index, EndpointLayout.IFINDEX);
            if (ifindex != 0) {
                usage.setInt(index, EndpointUsageLayout.CONNTRACK_ENTRIES, entries.getOrDefault(ifindex, 0));
            }
        }
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
    private void forget(Ipv4 address, int ifindex) {
        byte[] key = bytes(address);
        if (localAddresses
                .lookup(key)
                .filter(value -> Arrays.equals(value, nativeInt(ifindex)))
                .isPresent()) {
            localAddresses.delete(key);
        }
    }

    static byte[] bytes(Ipv4 address) {
        return ByteBuffer.allocate(4).putInt(address.bits()).array();
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
