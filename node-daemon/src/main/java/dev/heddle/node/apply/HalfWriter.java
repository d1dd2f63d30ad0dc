package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressPage6Layout;
import dev.heddle.node.ffm.layout.AddressPagesLayout;
import dev.heddle.node.ffm.layout.AddressRoot6Layout;
import dev.heddle.node.ffm.layout.AddressRootLayout;
import dev.heddle.node.ffm.layout.CellsLayout;
import dev.heddle.node.ffm.layout.ImageHeaderLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.PeerClassLayout;
import dev.heddle.node.ffm.layout.PortClassLayout;
import dev.heddle.node.ffm.layout.RowsLayout;
import dev.heddle.node.ffm.layout.VerdictCellsLayout;
import dev.heddle.node.ffm.layout.VerdictClassLayout;
import dev.heddle.node.ffm.layout.VerdictRowsLayout;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.PeerStore;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.compile.PrefixTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes images into the halves of the mapped tables, and single addresses into the live one. */
final class HalfWriter implements AutoCloseable {

    private static final int FIRST_PAGES = 64;

    private final MappedArray header;
    private final MappedArray root;
    private final MappedArray pages;
    private final MappedArray root6;
    private final MappedArray pages6;
    private final MappedArray peerClass;
    private final MappedArray portClass;
    private final MappedArray rows;
    private final MappedArray cells;
    private final MappedArray verdictClass;
    private final MappedArray verdictRows;
    private final MappedArray verdictCells;
    private final List<MappedArray> tables;
    private final int[] pagesUsed = new int[Abi.HALVES];
    private final int[] pagesUsed6 = new int[Abi.HALVES];
    /** What this daemon wrote the trees of each half from; single stores came to the live one since. */
    private final @Nullable PrefixTable[] written = new @Nullable PrefixTable[Abi.HALVES];

    HalfWriter(Pinned pinned) {
        header = MappedArray.of(pinned.map(KernelMap.IMAGE_HEADER));
        root = MappedArray.of(pinned.map(KernelMap.ADDRESS_ROOT));
        pages = MappedArray.of(pinned.map(KernelMap.ADDRESS_PAGES));
        root6 = MappedArray.of(pinned.map(KernelMap.ADDRESS_ROOT6));
        pages6 = MappedArray.of(pinned.map(KernelMap.ADDRESS_PAGES6));
        peerClass = MappedArray.of(pinned.map(KernelMap.PEER_CLASS));
        portClass = MappedArray.of(pinned.map(KernelMap.PORT_CLASS));
        rows = MappedArray.of(pinned.map(KernelMap.ROWS));
        cells = MappedArray.of(pinned.map(KernelMap.CELLS));
        verdictClass = MappedArray.of(pinned.map(KernelMap.VERDICT_CLASS));
        verdictRows = MappedArray.of(pinned.map(KernelMap.VERDICT_ROWS));
        verdictCells = MappedArray.of(pinned.map(KernelMap.VERDICT_CELLS));
        tables = List.of(
                header,
                root,
                pages,
                root6,
                pages6,
                peerClass,
                portClass,
                rows,
                cells,
                verdictClass,
                verdictRows,
                verdictCells);
    }

    /** Bytes of all tables, both halves. */
    long bytes() {
        return tables.stream().mapToLong(MappedArray::bytes).sum();
    }

    /** Writes all tables of a half that no program reads. */
    void write(int half, Image image, int revision) {
        requireRoom("peers", image.peerClass().remaining(), Abi.PEERS);
        requireRoom("rows", image.rows().remaining(), Abi.ROWS);
        requireRoom("cells", image.cells().remaining(), Abi.CELLS);
        writeTrees(half, image.prefixes());
        peerClass.write(half, PeerClassLayout.OF_PEER, image.peerClass());
        portClass.write(half, PortClassLayout.OF_PORT, image.portClass());
        rows.write(half, RowsLayout.ROW, image.rows());
        cells.write(half, CellsLayout.CELL, image.cells());
        verdictClass.write(half, VerdictClassLayout.OF_PEER, image.verdictClass());
        verdictRows.write(half, VerdictRowsLayout.ROW, image.verdictRows());
        verdictCells.write(half, VerdictCellsLayout.ACTION, image.verdictCells());
        header.setInt(half, ImageHeaderLayout.VERDICT_CLASSES, image.verdictClasses());
        header.setInt(half, ImageHeaderLayout.CLASSES, image.classes());
        header.setInt(half, ImageHeaderLayout.PORT_CLASSES, image.portClasses());
        header.setInt(half, ImageHeaderLayout.SUBJECTS, image.subjectCount());
        header.setInt(half, ImageHeaderLayout.ROW_IDS, image.rowCount());
        header.setInt(half, ImageHeaderLayout.REVISION, revision);
    }

    /** Trees that are the live half's already, and have followed it since, are copied from there. */
    private void writeTrees(int half, PrefixTable prefixes) {
        int live = 1 - half;
        written[half] = null; // until all of it is there
        if (prefixes == written[live]) {
            copyTrees(live, half);
        } else {
            paintTrees(half, prefixes);
        }
        written[half] = prefixes;
    }

    private void copyTrees(int from, int to) {
        pagesUsed[to] = pagesUsed[from];
        pagesUsed6[to] = pagesUsed6[from];
        root.copy(from, to, AddressRootLayout.ENTRY, (long) Abi.ADDRESS_ROOT_ENTRIES * Integer.BYTES);
        pages.copy(
                from, to, AddressPagesLayout.ENTRY, (long) pagesUsed[from] * Abi.ADDRESS_PAGE_ENTRIES * Integer.BYTES);
        root6.copy(from, to, 0, AddressRoot6Layout.SIZE);
        pages6.copy(from, to, 0, pagesUsed6[from] * AddressPage6Layout.SIZE);
    }

    private void paintTrees(int half, PrefixTable prefixes) {
        AddressTree tree = AddressTree.of(prefixes);
        TreeMemory.Own ownRoot6 = new TreeMemory.Own((int) AddressRoot6Layout.SIZE);
        TreeMemory.Own ownPages6 = new TreeMemory.Own(FIRST_PAGES * (int) AddressPage6Layout.SIZE);
        AddressTree6 tree6 = AddressTree6.in(ownRoot6, ownPages6);
        tree6.paint(prefixes);
        root.write(half, AddressRootLayout.ENTRY, tree.root(), 0, tree.root().length);
        pages.write(half, AddressPagesLayout.ENTRY, tree.pages(), 0, tree.pageCount() * Abi.ADDRESS_PAGE_ENTRIES);
        pagesUsed[half] = tree.pageCount();
        root6.write(half, 0, ownRoot6.bytes(), 0, (int) AddressRoot6Layout.SIZE);
        pages6.write(half, 0, ownPages6.bytes(), 0, tree6.pageCount() * (int) AddressPage6Layout.SIZE);
        pagesUsed6[half] = tree6.pageCount();
    }

    /** Changes one address of a live half: whoever reads meets the old peer or the new one, never anything else. */
    void store(int half, PeerStore store) {
        peerClass.setShort(half, PeerClassLayout.OF_PEER + 2L * store.peer(), (short) store.peerClass());
        verdictClass.setShort(half, VerdictClassLayout.OF_PEER + 2L * store.peer(), (short) store.verdictClass());
        switch (store.address()) {
            case Ipv4 address -> store(half, address, store.peer());
            case Ipv6 address -> store(half, address, store.peer());
        }
    }

    private void store(int half, Ipv4 address, int peer) {
        int bits = address.bits();
        int first = openPage(half, root, AddressRootLayout.ENTRY + 4L * (bits >>> 16));
        int second = openPage(half, pages, pageOffset(first, bits >>> 8));
        pages.setIntRelease(half, pageOffset(second, bits), peer);
    }

    private void store(int half, Ipv6 address, int peer) {
        AddressTree6 tree = AddressTree6.of(
                new TreeMemory.Shared(root6, half), new TreeMemory.Shared(pages6, half), pagesUsed6[half]);
        tree.paint(address, peer);
        pagesUsed6[half] = tree.pageCount();
    }

    private static void requireRoom(String table, int needed, int room) {
        if (needed > room) {
            throw new KernelException("this node's policy needs " + needed + " " + table + ", its tables hold " + room
                    + "; let fewer policies select pods here, or let them name fewer different peers and ports");
        }
    }

    private int openPage(int half, MappedArray holder, long offset) {
        int entry = holder.getInt(half, offset);
        if (AddressTree.isPage(entry)) {
            return entry;
        }
        if (pagesUsed[half] == Abi.ADDRESS_PAGES) {
            throw new KernelException("the address tree has no page left for another address");
        }
        int pointer = Abi.ADDRESS_IS_PAGE | pagesUsed[half]++;
        for (int i = 0; i < Abi.ADDRESS_PAGE_ENTRIES; i++) {
            pages.setInt(half, pageOffset(pointer, i), entry);
        }
        holder.setIntRelease(half, offset, pointer);
        return pointer;
    }

    private static long pageOffset(int pointer, int bits) {
        return AddressPagesLayout.ENTRY + 4L * AddressTree.indexIn(pointer, bits);
    }

    @Override
    public void close() {
        tables.forEach(MappedArray::close);
    }
}
