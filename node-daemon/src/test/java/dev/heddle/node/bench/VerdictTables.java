package dev.heddle.node.bench;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.elf.BpfObject;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.ImageHeaderLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The same policy in both forms: every peer, from 10.64.0.1 on, is an identity of its own that may be reached at one TCP
 * port. The hash way finds each in its first, exact lookup, which is its best case.
 */
final class VerdictTables {
    static final int PORT = 8080;

    private static final int FIRST_ADDRESS = 0x0a400001;
    private static final int CLASSES = 64;
    private static final int ALLOW = Abi.ACTION_ALLOW << Abi.CELL_ACTION_SHIFT;
    private static final byte TCP = 6;
    private static final byte EGRESS = 1;

    private VerdictTables() {}

    /** Class tables in half 0, with the peers spread over many classes and rows. */
    static void fillClasses(BpfObject object, int peers) {
        fillAddresses(object, peers);
        try (MappedArray control = MappedArray.of(object.map("control"));
                MappedArray header = MappedArray.of(object.map("image_header"));
                MappedArray classes = MappedArray.of(object.map("peer_class"));
                MappedArray ports = MappedArray.of(object.map("port_class"));
                MappedArray rows = MappedArray.of(object.map("rows"));
                MappedArray cells = MappedArray.of(object.map("cells"))) {
            // As on a node: its own addresses are in the filter, and the peers are not.
            control.setInt(0, ControlLayout.NODE_FILTER_USED, 1);
            header.setInt(0, ImageHeaderLayout.CLASSES, CLASSES);
            header.setInt(0, ImageHeaderLayout.PORT_CLASSES, 2);
            ports.setShort(0, 2L * (Abi.PORT_SLOT_TCP * Abi.PORTS + PORT), (short) 1);
            for (int peer = 0; peer < peers; peer++) {
                classes.setShort(0, 2L * (Abi.PEER_FIRST + peer), (short) (peer % CLASSES));
            }
            for (int row = 0; row < CLASSES; row++) {
                rows.setShort(0, 2L * row, (short) row);
                cells.setInt(0, 4L * (2 * row + 1), ALLOW | (row + 1));
            }
        }
    }

    private static void fillAddresses(BpfObject object, int peers) {
        try (MappedArray root = MappedArray.of(object.map("address_root"));
                MappedArray pages = MappedArray.of(object.map("address_pages"))) {
            root.setInt(0, 4L * (FIRST_ADDRESS >>> 16), Abi.ADDRESS_IS_PAGE);
            for (int peer = 0; peer < peers; peer++) {
                int address = FIRST_ADDRESS + peer;
                int third = (address >>> 8) & 0xff;
                int page = 1 + third;
                pages.setInt(0, 4L * third, Abi.ADDRESS_IS_PAGE | page);
                pages.setInt(0, 4L * (page * Abi.ADDRESS_PAGE_ENTRIES + (address & 0xff)), Abi.PEER_FIRST + peer);
            }
        }
    }

    static void fillHashes(BpfObject object, int peers) {
        byte[] addresses = new byte[4 * peers];
        byte[] identities = new byte[4 * peers];
        byte[] policies = new byte[8 * peers];
        byte[] verdicts = new byte[4 * peers];
        for (int peer = 0; peer < peers; peer++) {
            ByteBuffer.wrap(addresses).putInt(4 * peer, FIRST_ADDRESS + peer);
            little(identities).putInt(4 * peer, peer + 1);
            little(policies).putInt(8 * peer, peer + 1);
            ByteBuffer.wrap(policies)
                    .putShort(8 * peer + 4, (short) PORT)
                    .put(8 * peer + 6, TCP)
                    .put(8 * peer + 7, EGRESS);
            little(verdicts).putInt(4 * peer, 1);
        }
        object.map("bench_identity").batch().put(addresses, identities);
        object.map("bench_policy").batch().put(policies, verdicts);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
