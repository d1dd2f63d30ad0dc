package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.policy.compile.PrefixTable;
import dev.heddle.policy.rule.Cidr;
import java.util.Arrays;

/**
 * A prefix table laid out as the kernel reads it: strides of 16, 8 and 8 bits. An entry is a peer id, or with its
 * highest bit set the index of a page of 256 further entries.
 */
final class AddressTree {

    private final int[] root = new int[Abi.ADDRESS_ROOT_ENTRIES];
    private int[] pages = new int[Abi.ADDRESS_PAGE_ENTRIES];
    private int pageCount;

    /** Lays out all IPv4 prefixes of the table. */
    static AddressTree of(PrefixTable prefixes) {
        AddressTree tree = new AddressTree();
        for (PrefixTable.Entry entry : prefixes.entries()) {
            if (entry.prefix().isIpv4()) {
                tree.paint(entry.prefix(), entry.peer());
            }
        }
        return tree;
    }

    int[] root() {
        return root;
    }

    /** Page after page, 256 entries each; only the first {@link #pageCount} are used. */
    int[] pages() {
        return pages;
    }

    int pageCount() {
        return pageCount;
    }

    /** The peer id of an address, found as the kernel does. */
    int peer(Ipv4 address) {
        int bits = address.bits();
        int entry = root[bits >>> 16];
        if (isPage(entry)) {
            entry = pages[indexIn(entry, bits >>> 8)];
        }
        return isPage(entry) ? pages[indexIn(entry, bits)] : entry;
    }

    static boolean isPage(int entry) {
        return (entry & Abi.ADDRESS_IS_PAGE) != 0;
    }

    /** The index in all pages' entries, for the address bits of this level in the lowest byte. */
    static int indexIn(int pageEntry, int bits) {
        return ((pageEntry & Abi.ADDRESS_PAGE_MASK) << 8) | (bits & 0xff);
    }

    /** Shorter prefixes come first, so that nothing painted here lies below a page yet. */
    private void paint(Cidr prefix, int peer) {
        int bits = Ipv4.of(prefix.address()).bits();
        int length = prefix.prefixLength();
        if (length <= 16) {
            int from = bits >>> 16;
            Arrays.fill(root, from, from + (1 << (16 - length)), peer);
            return;
        }
        int first = root[bits >>> 16];
        if (!isPage(first)) {
            first = newPage(first);
            root[bits >>> 16] = first;
        }
        if (length <= 24) {
            int from = indexIn(first, bits >>> 8);
            Arrays.fill(pages, from, from + (1 << (24 - length)), peer);
            return;
        }
        int second = pages[indexIn(first, bits >>> 8)];
        if (!isPage(second)) {
            second = newPage(second);
            pages[indexIn(first, bits >>> 8)] = second;
        }
        int from = indexIn(second, bits);
        Arrays.fill(pages, from, from + (1 << (32 - length)), peer);
    }

    /** Every address of a new page is first what the entry said that it replaces. */
    private int newPage(int entry) {
        if (pageCount == Abi.ADDRESS_PAGES) {
            throw new KernelException("the address tree has no page left; use fewer and larger ranges");
        }
        int needed = (pageCount + 1) * Abi.ADDRESS_PAGE_ENTRIES;
        if (needed > pages.length) {
            pages = Arrays.copyOf(pages, Math.max(needed, 2 * pages.length));
        }
        int page = pageCount++;
        Arrays.fill(pages, page << 8, (page + 1) << 8, entry);
        return Abi.ADDRESS_IS_PAGE | page;
    }
}
