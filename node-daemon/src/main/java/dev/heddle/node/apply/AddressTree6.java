package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressPage6Layout;
import dev.heddle.node.ffm.layout.AddressRoot6Layout;
import dev.heddle.node.kernel.Ipv6;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.policy.compile.PrefixTable;

/**
 * IPv6 prefixes laid out as the kernel reads them: 16 bits choose an entry of the root, and from there on pages of 256
 * entries choose by one byte each. An entry is a peer id, or with its highest bit set the index of a page and the byte by
 * which that chooses. Only bytes in which prefixes end or part have a page; a page says what the bytes before its own must be, and who an address is in
 * which they are not.
 *
 * <p>Whoever reads while an address is painted meets the tree before or after: new pages are written whole, and then one
 * store makes them known.
 */
final class AddressTree6 {

    private static final int ROOT_BITS = 16;
    private static final int ADDRESS_BYTES = 16;

    private final TreeMemory root;
    private final TreeMemory pages;
    private int pageCount;

    private AddressTree6(TreeMemory root, TreeMemory pages, int pageCount) {
        this.root = root;
        this.pages = pages;
        this.pageCount = pageCount;
    }

    /** An empty tree in zeroed memory. */
    static AddressTree6 in(TreeMemory root, TreeMemory pages) {
        return new AddressTree6(root, pages, 0);
    }

    /** A tree that is there already. */
    static AddressTree6 of(TreeMemory root, TreeMemory pages, int pageCount) {
        return new AddressTree6(root, pages, pageCount);
    }

    /** Paints all IPv6 prefixes of the table. */
    void paint(PrefixTable prefixes) {
        for (PrefixTable.Entry entry : prefixes.entries()) {
            if (!entry.prefix().isIpv4()) {
                paint(Ipv6.of(entry.prefix().address()), entry.prefix().prefixLength(), entry.peer());
            }
        }
    }

    /** Gives one address to a peer. */
    void paint(Ipv6 address, int peer) {
        paint(address, 8 * ADDRESS_BYTES, peer);
    }

    int pageCount() {
        return pageCount;
    }

    /** The peer id of an address, found as the kernel does. */
    int peer(Ipv6 address) {
        int entry = root.getInt(rootEntry(address));
        while (AddressTree.isPage(entry)) {
            int page = entry & Abi.ADDRESS_PAGE_MASK;
            int own = byteOf(entry);
            entry = sharedBytes(page, own, address) < own
                    ? otherwise(page)
                    : pages.getInt(entryOf(page, byteAt(address, own)));
        }
        return entry;
    }

    /** Shorter prefixes come first, so that nothing painted here lies below a page yet. */
    private void paint(Ipv6 prefix, int length, int peer) {
        long place = rootEntry(prefix);
        if (length <= ROOT_BITS) {
            for (int i = 0; i < 1 << (ROOT_BITS - length); i++) {
                root.publish(place + (long) Integer.BYTES * i, peer);
            }
            return;
        }
        int last = (length - 1) / 8;
        TreeMemory memory = root;
        int entry = root.getInt(place);
        while (AddressTree.isPage(entry)) {
            int page = entry & Abi.ADDRESS_PAGE_MASK;
            int own = byteOf(entry);
            int shared = sharedBytes(page, own, prefix);
            if (shared < own) {
                memory.publish(place, fork(entry, shared, prefix, length, peer));
                return;
            }
            if (own == last) {
                fill(page, prefix, length, peer);
                return;
            }
            memory = pages;
            place = entryOf(page, byteAt(prefix, own));
            entry = pages.getInt(place);
        }
        memory.publish(place, leaf(prefix, length, entry, peer));
    }

    /** A page for this prefix alone, in a place where every address was one peer. */
    private int leaf(Ipv6 prefix, int length, int otherwise, int peer) {
        int own = (length - 1) / 8;
        int page = newPage(prefix, own, otherwise);
        fill(page, prefix, length, peer);
        return pointer(page, own);
    }

    /** A page for the byte in which a prefix parts from what a page says of the bytes before its own. */
    private int fork(int entry, int parting, Ipv6 prefix, int length, int peer) {
        int page = entry & Abi.ADDRESS_PAGE_MASK;
        int fork = newPage(prefix, parting, otherwise(page));
        pages.publish(entryOf(fork, byteBefore(page, parting)), entry);
        pages.publish(entryOf(fork, byteAt(prefix, parting)), leaf(prefix, length, otherwise(page), peer));
        return pointer(fork, parting);
    }

    private void fill(int page, Ipv6 prefix, int length, int peer) {
        int entries = 1 << (7 - (length - 1) % 8);
        long first = entryOf(page, byteAt(prefix, (length - 1) / 8));
        for (int i = 0; i < entries; i++) {
            pages.publish(first + (long) Integer.BYTES * i, peer);
        }
    }

    private int newPage(Ipv6 prefix, int own, int otherwise) {
        if (pageCount == Abi.ADDRESS_PAGES) {
            throw new KernelException("the IPv6 address tree has no page left; use fewer and larger ranges");
        }
        int page = pageCount++;
        long at = page * AddressPage6Layout.SIZE;
        long highMask = own >= 8 ? -1 : ~(-1L >>> (8 * own));
        long lowMask = own <= 8 ? 0 : ~(-1L >>> (8 * (own - 8)));
        pages.setLong(at + AddressPage6Layout.BEFORE, prefix.high() & highMask);
        pages.setLong(at + AddressPage6Layout.BEFORE + Long.BYTES, prefix.low() & lowMask);
        pages.setLong(at + AddressPage6Layout.MASK, highMask);
        pages.setLong(at + AddressPage6Layout.MASK + Long.BYTES, lowMask);
        pages.setInt(at + AddressPage6Layout.OTHERWISE, otherwise);
        for (int i = 0; i < Abi.ADDRESS_PAGE_ENTRIES; i++) {
            pages.setInt(entryOf(page, i), otherwise);
        }
        return page;
    }

    /** The entry for a page that chooses by a byte of the address. */
    private static int pointer(int page, int own) {
        return Abi.ADDRESS_IS_PAGE
                | (own < 8 ? 0 : Abi.ADDRESS_IN_SECOND_HALF)
                | following(own) << Abi.ADDRESS_FOLLOWING_SHIFT
                | page;
    }

    /** Which byte of an address the page of an entry chooses by. */
    private static int byteOf(int entry) {
        int inHalf = 7 - (entry >>> Abi.ADDRESS_FOLLOWING_SHIFT & 63) / 8;
        return (entry & Abi.ADDRESS_IN_SECOND_HALF) == 0 ? inHalf : 8 + inHalf;
    }

    /** How many bits of its half of the address follow a byte. */
    private static int following(int own) {
        return 56 - 8 * (own % 8);
    }

    private int otherwise(int page) {
        return pages.getInt(page * AddressPage6Layout.SIZE + AddressPage6Layout.OTHERWISE);
    }

    /** How many leading bytes are as the page says, at most those before its own. */
    private int sharedBytes(int page, int own, Ipv6 address) {
        long at = page * AddressPage6Layout.SIZE;
        long high = (address.high() ^ pages.getLong(at + AddressPage6Layout.BEFORE))
                & pages.getLong(at + AddressPage6Layout.MASK);
        long low = (address.low() ^ pages.getLong(at + AddressPage6Layout.BEFORE + Long.BYTES))
                & pages.getLong(at + AddressPage6Layout.MASK + Long.BYTES);
        int bits = high != 0 ? Long.numberOfLeadingZeros(high) : 64 + Long.numberOfLeadingZeros(low);
        return Math.min(bits / 8, own);
    }

    private int byteBefore(int page, int index) {
        long at = page * AddressPage6Layout.SIZE + AddressPage6Layout.BEFORE;
        return byteAt(new Ipv6(pages.getLong(at), pages.getLong(at + Long.BYTES)), index);
    }

    private static int byteAt(Ipv6 address, int index) {
        return (int) ((index < 8 ? address.high() : address.low()) >>> following(index)) & 0xff;
    }

    private static long rootEntry(Ipv6 address) {
        return AddressRoot6Layout.ENTRY + Integer.BYTES * (address.high() >>> 48);
    }

    private static long entryOf(int page, int index) {
        return page * AddressPage6Layout.SIZE + AddressPage6Layout.ENTRY + (long) Integer.BYTES * index;
    }
}
