package dev.heddle.node.bench;

import dev.heddle.node.apply.Ipv6Tables;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressPagesLayout;
import dev.heddle.node.ffm.layout.AddressRootLayout;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.ImageHeaderLayout;
import dev.heddle.node.ffm.layout.PortClassLayout;
import dev.heddle.node.ffm.layout.VerdictCellsLayout;
import dev.heddle.node.ffm.layout.VerdictClassLayout;
import dev.heddle.node.ffm.layout.VerdictRowsLayout;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The same policy in both forms: every peer, from 10.64.0.1 or fd00:10:244::1 on, is an identity of its own that may be reached at one TCP
 * port. The hash way finds each in its first, exact lookup, which is its best case.
 */
final class VerdictTables {
    static final int PORT = 8080;

    private static final int FIRST_ADDRESS = 0x0a400001;
    /** fd00:10:244::, of {@code bench_packet6}. */
    private static final long FIRST_NODE = 0xfd00_0010_0244_0000L;

    private static final int PODS_PER_NODE = 64;
    private static final int CLASSES = 64;
    /** Bytes of the tables in struct bench_image, in its order. */
    private static final List<Long> SIZES = List.of(
            ImageHeaderLayout.SIZE,
            AddressRootLayout.SIZE,
            AddressPagesLayout.SIZE,
            VerdictClassLayout.SIZE,
            PortClassLayout.SIZE,
            VerdictRowsLayout.SIZE,
            VerdictCellsLayout.SIZE);

    private static final byte TCP = 6;
    private static final byte EGRESS = 1;

    private VerdictTables() {}

    /** Class tables in both halves, with the peers spread over many classes and rows. */
    static void fillClasses(BpfObject object, int peers) {
        nodeFilter(object);
        try (MappedArray header = MappedArray.of(object.map("image_header"));
                MappedArray root = MappedArray.of(object.map("address_root"));
                MappedArray pages = MappedArray.of(object.map("address_pages"));
                MappedArray classes = MappedArray.of(object.map("verdict_class"));
                MappedArray ports = MappedArray.of(object.map("port_class"));
                MappedArray rows = MappedArray.of(object.map("verdict_rows"));
                MappedArray cells = MappedArray.of(object.map("verdict_cells"))) {
            for (int half = 0; half < Abi.HALVES; half++) {
                fill(
                        new Image(
                                new Table(header, half, 0),
                                new Table(root, half, 0),
                                new Table(pages, half, 0),
                                new Table(classes, half, 0),
                                new Table(ports, half, 0),
                                new Table(rows, half, 0),
                                new Table(cells, half, 0)),
                        peers);
            }
        }
    }

    /** The same for IPv6 addresses. */
    static void fillClasses6(BpfObject object, int peers) {
        fillClasses(object, peers);
        List<Ipv6> addresses =
                IntStream.range(0, peers).mapToObj(VerdictTables::address6).toList();
        Ipv6Tables.fill(object.map("address_root6"), object.map("address_pages6"), addresses, Abi.PEER_FIRST);
    }

    /** The same tables in both maps of {@code verdict_slots}, one after the other in struct bench_image. */
    static void fillSlots(BpfObject object, int peers) {
        nodeFilter(object);
        for (String name : List.of("bench_image_a", "bench_image_b")) {
            try (MappedArray image = MappedArray.of(object.map(name))) {
                fill(
                        new Image(
                                new Table(image, 0, offset(0)),
                                new Table(image, 0, offset(1)),
                                new Table(image, 0, offset(2)),
                                new Table(image, 0, offset(3)),
                                new Table(image, 0, offset(4)),
                                new Table(image, 0, offset(5)),
                                new Table(image, 0, offset(6))),
                        peers);
            }
        }
    }

    /** Where in struct bench_image its table of this number begins, in bytes. */
    private static long offset(int table) {
        return SIZES.subList(0, table).stream().mapToLong(Long::longValue).sum();
    }

    /** As on a node: its own addresses are in the filter, and the peers are not. */
    private static void nodeFilter(BpfObject object) {
        try (MappedArray control = MappedArray.of(object.map("control"))) {
            control.setInt(0, ControlLayout.NODE_FILTER_USED, 1);
        }
    }

    private static void fill(Image image, int peers) {
        image.header().setInt(ImageHeaderLayout.VERDICT_CLASSES, CLASSES);
        image.header().setInt(ImageHeaderLayout.PORT_CLASSES, 2);
        image.ports().setShort(2L * (Abi.PORT_SLOT_TCP * Abi.PORTS + PORT), 1);
        image.root().setInt(4L * (FIRST_ADDRESS >>> 16), Abi.ADDRESS_IS_PAGE);
        for (int peer = 0; peer < peers; peer++) {
            int address = FIRST_ADDRESS + peer;
            int third = (address >>> 8) & 0xff;
            int page = 1 + third;
            image.pages().setInt(4L * third, Abi.ADDRESS_IS_PAGE | page);
            image.pages().setInt(4L * (page * Abi.ADDRESS_PAGE_ENTRIES + (address & 0xff)), Abi.PEER_FIRST + peer);
            image.classes().setShort(2L * (Abi.PEER_FIRST + peer), peer % CLASSES);
        }
        for (int row = 0; row < CLASSES; row++) {
            image.rows().setShort(2L * row, row);
            image.cells().setByte(2L * row + 1, Abi.ACTION_ALLOW);
        }
    }

    private record Image(Table header, Table root, Table pages, Table classes, Table ports, Table rows, Table cells) {}

    /** A table in an element of a map, from a byte on. */
    private record Table(MappedArray memory, int element, long start) {
        void setInt(long offset, int value) {
            memory.setInt(element, start + offset, value);
        }

        void setShort(long offset, int value) {
            memory.setShort(element, start + offset, (short) value);
        }

        void setByte(long offset, int value) {
            memory.setByte(element, start + offset, (byte) value);
        }
    }

    static void fillHashes(BpfObject object, int peers) {
        fillHashes(object, peers, peer -> new Ipv4(FIRST_ADDRESS + peer));
    }

    static void fillHashes6(BpfObject object, int peers) {
        fillHashes(object, peers, VerdictTables::address6);
    }

    /** Pods as nodes number them, each node in a /64 of its own. */
    private static Ipv6 address6(int peer) {
        return new Ipv6(FIRST_NODE + peer / PODS_PER_NODE, 1 + peer % PODS_PER_NODE);
    }

    private static void fillHashes(BpfObject object, int peers, IntFunction<Address> address) {
        ByteArrayOutputStream addresses = new ByteArrayOutputStream();
        byte[] identities = new byte[4 * peers];
        byte[] policies = new byte[8 * peers];
        byte[] verdicts = new byte[4 * peers];
        for (int peer = 0; peer < peers; peer++) {
            addresses.writeBytes(address.apply(peer).octets());
            little(identities).putInt(4 * peer, peer + 1);
            little(policies).putInt(8 * peer, peer + 1);
            ByteBuffer.wrap(policies)
                    .putShort(8 * peer + 4, (short) PORT)
                    .put(8 * peer + 6, TCP)
                    .put(8 * peer + 7, EGRESS);
            little(verdicts).putInt(4 * peer, 1);
        }
        object.map("bench_identity").batch().put(addresses.toByteArray(), identities);
        object.map("bench_policy").batch().put(policies, verdicts);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
