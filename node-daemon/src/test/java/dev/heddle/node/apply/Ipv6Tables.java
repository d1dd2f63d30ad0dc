package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.kernel.Ipv6;
import java.util.List;

/** The daemon's own IPv6 tree in the maps of a program that no daemon runs. */
public final class Ipv6Tables {

    private Ipv6Tables() {}

    /** Gives each address a peer, in the list's order, in both halves. @return pages taken in each */
    public static int fill(BpfMap root, BpfMap pages, List<Ipv6> addresses, int firstPeer) {
        int taken = 0;
        try (MappedArray roots = MappedArray.of(root);
                MappedArray all = MappedArray.of(pages)) {
            for (int half = 0; half < roots.elements(); half++) {
                AddressTree6 tree =
                        AddressTree6.in(new TreeMemory.Shared(roots, half), new TreeMemory.Shared(all, half));
                for (int i = 0; i < addresses.size(); i++) {
                    tree.paint(addresses.get(i), firstPeer + i);
                }
                taken = tree.pageCount();
            }
        }
        return taken;
    }
}
