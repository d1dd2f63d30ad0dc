package dev.heddle.node.apply;

import dev.heddle.node.ffm.bpf.BpfMap;
import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.CellsLayout;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.EndpointLayout;
import dev.heddle.node.ffm.layout.ImageHeaderLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.PeerClassLayout;
import dev.heddle.node.ffm.layout.PortClassLayout;
import dev.heddle.node.ffm.layout.RowsLayout;
import dev.heddle.node.ffm.layout.VerdictCellsLayout;
import dev.heddle.node.ffm.layout.VerdictClassLayout;
import dev.heddle.node.ffm.layout.VerdictRowsLayout;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.policy.compile.Image;
import dev.heddle.policy.rule.Cidr;
import dev.heddle.policy.rule.Direction;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Function;

/**
 * Answers from the tables in force, read as the programs read them ({@code bpf/src/verdict.h}, {@code explain.h} and
 * {@code judge.h}), for the first packet of a flow: what conntrack knows is not asked. It only reads. Usable from any thread.
 */
public final class LiveTables implements AutoCloseable {

    private static final int TRIES = 1000;

    private final MappedArray control;
    private final MappedArray endpoints;
    private final MappedArray header;
    private final MappedArray peerClass;
    private final MappedArray portClass;
    private final MappedArray rows;
    private final MappedArray cells;
    private final MappedArray verdictClass;
    private final MappedArray verdictRows;
    private final MappedArray verdictCells;
    private final LiveAddresses ipv4;
    private final LiveAddresses ipv6;

    private LiveTables(Function<KernelMap, BpfMap> maps) {
        control = MappedArray.of(maps.apply(KernelMap.CONTROL));
        endpoints = MappedArray.of(maps.apply(KernelMap.ENDPOINTS));
        header = MappedArray.of(maps.apply(KernelMap.IMAGE_HEADER));
        peerClass = MappedArray.of(maps.apply(KernelMap.PEER_CLASS));
        portClass = MappedArray.of(maps.apply(KernelMap.PORT_CLASS));
        rows = MappedArray.of(maps.apply(KernelMap.ROWS));
        cells = MappedArray.of(maps.apply(KernelMap.CELLS));
        verdictClass = MappedArray.of(maps.apply(KernelMap.VERDICT_CLASS));
        verdictRows = MappedArray.of(maps.apply(KernelMap.VERDICT_ROWS));
        verdictCells = MappedArray.of(maps.apply(KernelMap.VERDICT_CELLS));
        ipv4 = new LiveIpv4(maps, endpoints);
        ipv6 = new LiveIpv6(maps, endpoints);
    }

    /** Over these maps, which may be closed afterwards but for those that are no arrays. */
    public static LiveTables of(Function<KernelMap, BpfMap> maps) {
        return new LiveTables(maps);
    }

    /** What was found. */
    public sealed interface Finding {

        /** The live epoch when it was found. */
        int revision();

        /** The device has no slot: its programs drop everything. */
        record NoEndpoint(int revision) implements Finding {}

        /** Everything from and to the device is dropped. */
        record Closed(int revision) implements Finding {}

        /** The other end is the pod itself: always accepted. */
        record Itself(int revision) implements Finding {}

        /**
         * A verdict, and the cell that explains it.
         *
         * @param peer number of the other end
         * @param cell action and rule number, {@link dev.heddle.policy.compile.Verdict#cell}
         */
        record Cell(
                int revision, int subject, int peer, int peerClass, int row, int portClass, boolean accepted, int cell)
                implements Finding {

            /** Number of the rule that decided, from 1; 0 when none did. */
            public int rule() {
                return cell & Abi.CELL_RULE_MASK;
            }
        }
    }

    /**
     * Judges the first packet of a flow at a device.
     *
     * @param ifindex of the host-side device of the flow's one end
     * @param direction of the packet, seen from the pod
     * @param remote the address of the other end
     * @param bornHere whether a packet to the pod comes from this node itself
     * @param protocol IANA number
     * @param port destination port; 0 for protocols without ports
     * @throws KernelException if the tables did not hold still
     */
    public Finding judge(int ifindex, Direction direction, Cidr remote, boolean bornHere, int protocol, int port) {
        for (int i = 0; i < TRIES; i++) {
            int epoch = control.getIntAcquire(0, ControlLayout.EPOCH);
            Finding found = judge(epoch, ifindex, direction, remote, bornHere, protocol, port);
            // A half is written only while the other one is live: what was read is of one revision if that still is.
            VarHandle.acquireFence();
            if (control.getIntAcquire(0, ControlLayout.EPOCH) == epoch) {
                return found;
            }
        }
        throw new KernelException("the tables change faster than they can be read; try again");
    }

    private Finding judge(
            int epoch, int ifindex, Direction direction, Cidr remote, boolean bornHere, int protocol, int port) {
        int half = epoch & 1;
        int slot = ifindex & (Abi.ENDPOINTS - 1);
        if (endpoints.getIntAcquire(slot, EndpointLayout.IFINDEX) != ifindex) {
            return new Finding.NoEndpoint(epoch);
        }
        if ((endpoints.getInt(slot, EndpointLayout.FLAGS) & Abi.ENDPOINT_CLOSED) != 0
                || (endpoints.getByte(slot, EndpointLayout.HALF_FLAGS + half) & Abi.HALF_CLOSED) != 0) {
            return new Finding.Closed(epoch);
        }
        LiveAddresses addresses = remote.isIpv4() ? ipv4 : ipv6;
        if (addresses.isOf(slot, remote)) {
            return new Finding.Itself(epoch);
        }
        boolean host = direction == Direction.INGRESS && bornHere && isOfNode(addresses, remote);
        int peer = host ? Abi.PEER_HOST : addresses.peer(half, remote);
        return cell(epoch, subject(slot, half, direction), peer, portIndex(protocol, port));
    }

    /** The filter comes first, as for the programs: an address without its bit is nobody's. */
    private boolean isOfNode(LiveAddresses addresses, Cidr remote) {
        int bit = NodeAddresses.filterBit(Address.of(remote.address()));
        long word = ControlLayout.NODE_FILTER + (long) Long.BYTES * (bit / Long.SIZE);
        boolean filtered = control.getInt(0, ControlLayout.NODE_FILTER_USED) != 0
                && ((control.getLong(0, word) >>> (bit % Long.SIZE)) & 1) == 0;
        return !filtered && addresses.isOfNode(remote);
    }

    private int subject(int slot, int half, Direction direction) {
        int way = direction == Direction.INGRESS ? Abi.INGRESS : Abi.EGRESS;
        return unsigned(endpoints, slot, EndpointLayout.SUBJECT, half * Abi.DIRECTIONS + way);
    }

    private Finding cell(int epoch, int subject, int peer, int port) {
        int half = epoch & 1;
        int ofPeer = unsigned(peerClass, half, PeerClassLayout.OF_PEER, peer & (Abi.PEERS - 1));
        int ofPort = unsigned(portClass, half, PortClassLayout.OF_PORT, port & (Abi.PORT_SLOTS * Abi.PORTS - 1));
        int classes = header.getInt(half, ImageHeaderLayout.CLASSES);
        int row = unsigned(rows, half, RowsLayout.ROW, (subject * classes + ofPeer) & (Abi.ROWS - 1));
        int cell = cells.getInt(half, CellsLayout.CELL + (long) Integer.BYTES * at(half, row, ofPort));
        return new Finding.Cell(epoch, subject, peer, ofPeer, row, ofPort, accepts(half, subject, peer, ofPort), cell);
    }

    private boolean accepts(int half, int subject, int peer, int ofPort) {
        int ofPeer = unsigned(verdictClass, half, VerdictClassLayout.OF_PEER, peer & (Abi.PEERS - 1));
        int classes = header.getInt(half, ImageHeaderLayout.VERDICT_CLASSES);
        int row = unsigned(verdictRows, half, VerdictRowsLayout.ROW, (subject * classes + ofPeer) & (Abi.ROWS - 1));
        return verdictCells.getByte(half, VerdictCellsLayout.ACTION + at(half, row, ofPort)) == Abi.ACTION_ALLOW;
    }

    /** Where in either table of cells. */
    private int at(int half, int row, int ofPort) {
        return (row * header.getInt(half, ImageHeaderLayout.PORT_CLASSES) + ofPort) & (Abi.CELLS - 1);
    }

    /** Protocols without ports are told apart by their number. */
    private static int portIndex(int protocol, int port) {
        int slot = Image.slot(protocol);
        return slot * Abi.PORTS + (slot == Abi.PORT_SLOT_OTHER ? protocol : port);
    }

    private static int unsigned(MappedArray table, int element, long offset, int index) {
        return Short.toUnsignedInt(table.getShort(element, offset + (long) Short.BYTES * index));
    }

    @Override
    public void close() {
        ipv4.close();
        ipv6.close();
        List.of(control, endpoints, header, peerClass, portClass, rows, cells, verdictClass, verdictRows, verdictCells)
                .forEach(MappedArray::close);
    }
}
