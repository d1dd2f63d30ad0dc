package dev.heddle.node.packetlife;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressPage6Layout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.policy.compile.PrefixTable;
import dev.heddle.policy.rule.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The IPv6 address tree at its plainest: every byte on the way to a prefix has a page, so that the longest way is as
 * long as a way may be.
 */
final class Tables6 {
    private static final int FIRST_PAGE_BYTE = 2;

    private final int[] root = new int[Abi.ADDRESS_ROOT_ENTRIES];
    private final List<Page> pages = new ArrayList<>();

    /**
     * A page.
     *
     * @param own the byte by which it chooses
     */
    @SuppressWarnings("ArrayRecordComponent") // filled in place
    private record Page(Cidr before, int own, int[] entries) {}

    private Tables6() {}

    /** Shorter prefixes first, longer ones over them. */
    static Tables6 of(PrefixTable prefixes) {
        Tables6 tables = new Tables6();
        for (PrefixTable.Entry entry : prefixes.entries()) {
            if (!entry.prefix().isIpv4()) {
                tables.paint(entry.prefix(), entry.peer());
            }
        }
        return tables;
    }

    private void paint(Cidr prefix, int peer) {
        byte[] address = prefix.address();
        int[] entries = root;
        int index = (address[0] & 0xff) << 8 | (address[1] & 0xff);
        int bits = 16;
        for (int own = FIRST_PAGE_BYTE; prefix.prefixLength() > bits; own++) {
            if ((entries[index] & Abi.ADDRESS_IS_PAGE) == 0) {
                int[] fresh = new int[Abi.ADDRESS_PAGE_ENTRIES];
                Arrays.fill(fresh, entries[index]);
                int half = own < 8 ? 0 : Abi.ADDRESS_IN_SECOND_HALF;
                int following = 56 - 8 * (own % 8);
                entries[index] = Abi.ADDRESS_IS_PAGE | half | following << Abi.ADDRESS_FOLLOWING_SHIFT | pages.size();
                pages.add(new Page(prefix.widenedTo(bits), own, fresh));
            }
            entries = pages.get(entries[index] & Abi.ADDRESS_PAGE_MASK).entries();
            index = address[own] & 0xff;
            bits += 8;
        }
        Arrays.fill(entries, index, index + (1 << (bits - prefix.prefixLength())), peer);
    }

    void write(Tables tables, int half) {
        tables.mapped(KernelMap.ADDRESS_ROOT6).write(half, 0, root, 0, root.length);
        MappedArray array = tables.mapped(KernelMap.ADDRESS_PAGES6);
        for (int i = 0; i < pages.size(); i++) {
            long at = i * AddressPage6Layout.SIZE;
            Page page = pages.get(i);
            Cidr mask = new Cidr(false, -1, -1, 8 * page.own());
            array.setLong(half, at + AddressPage6Layout.BEFORE, page.before().high());
            array.setLong(
                    half,
                    at + AddressPage6Layout.BEFORE + Long.BYTES,
                    page.before().low());
            array.setLong(half, at + AddressPage6Layout.MASK, mask.high());
            array.setLong(half, at + AddressPage6Layout.MASK + Long.BYTES, mask.low());
            array.write(half, at + AddressPage6Layout.ENTRY, page.entries(), 0, page.entries().length);
        }
    }
}
