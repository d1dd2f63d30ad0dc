package dev.heddle.node.apply;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.Ct4KeyLayout;
import dev.heddle.node.ffm.layout.Ct6KeyLayout;
import dev.heddle.node.ffm.layout.CtEntryLayout;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.Ipv6;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One entry of the flow table, as bytes. Times are {@code CLOCK_MONOTONIC} in nanoseconds. */
final class FlowEntry {

    private final ByteBuffer value;

    private FlowEntry(ByteBuffer value) {
        this.value = value;
    }

    static byte[] key(OpenFlow flow) {
        return switch (flow.local()) {
            case Ipv4 local ->
                ByteBuffer.allocate((int) Ct4KeyLayout.SIZE)
                        .put((int) Ct4KeyLayout.LOCAL, local.octets())
                        .put((int) Ct4KeyLayout.REMOTE, flow.remote().octets())
                        .putShort((int) Ct4KeyLayout.LOCAL_PORT, (short) flow.localPort())
                        .putShort((int) Ct4KeyLayout.REMOTE_PORT, (short) flow.remotePort())
                        .put((int) Ct4KeyLayout.PROTOCOL, (byte) flow.protocol())
                        .array();
            case Ipv6 local ->
                ByteBuffer.allocate((int) Ct6KeyLayout.SIZE)
                        .put((int) Ct6KeyLayout.LOCAL, local.octets())
                        .put((int) Ct6KeyLayout.REMOTE, flow.remote().octets())
                        .putShort((int) Ct6KeyLayout.LOCAL_PORT, (short) flow.localPort())
                        .putShort((int) Ct6KeyLayout.REMOTE_PORT, (short) flow.remotePort())
                        .put((int) Ct6KeyLayout.PROTOCOL, (byte) flow.protocol())
                        .array();
        };
    }

    /** What was read from the table. */
    static FlowEntry of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }

    /** A view of what was read from the table. */
    static FlowEntry of(ByteBuffer value) {
        return new FlowEntry(value.order(ByteOrder.nativeOrder()));
    }

    /**
     * An entry for a flow whose first packet nobody saw. It was judged by revision 0, which is never live, so that the
     * first packet that needs it has it judged. A flow that went out to an address of this node was one to the host.
     */
    static FlowEntry seeded(OpenFlow flow, int ifindex, int incarnation, long now) {
        long peer = flow.origin() == Abi.EGRESS ? Abi.PEER_HOST : Abi.PEER_WORLD;
        FlowEntry entry = of(new byte[(int) CtEntryLayout.SIZE]);
        entry.value
                .putLong((int) CtEntryLayout.LAST_SEEN_NS, now)
                .putLong((int) CtEntryLayout.JUDGED, peer << Abi.JUDGED_PEER_SHIFT)
                .putInt((int) CtEntryLayout.IFINDEX, ifindex)
                .putInt((int) CtEntryLayout.INCARNATION, incarnation)
                .put((int) CtEntryLayout.ORIGIN, (byte) flow.origin())
                .put((int) CtEntryLayout.STATE, (byte) flow.state())
                .put((int) CtEntryLayout.FLAGS, (byte) Abi.CT_SEEDED)
                .putLong((int) CtEntryLayout.CREATED_NS, now);
        return entry;
    }

    /** The same flow with another time of its last packet. */
    FlowEntry seenAt(long now) {
        FlowEntry again = of(bytes());
        again.value.putLong((int) CtEntryLayout.LAST_SEEN_NS, now);
        return again;
    }

    /** Whether this entry is the same endpoint's and not forgotten yet. */
    boolean isAsGoodAs(FlowEntry other, int protocol, long now) {
        return ifindex() == other.ifindex() && incarnation() == other.incarnation() && left(protocol, now) > 0;
    }

    int ifindex() {
        return value.getInt((int) CtEntryLayout.IFINDEX);
    }

    int incarnation() {
        return value.getInt((int) CtEntryLayout.INCARNATION);
    }

    /** How long the flow is still remembered without another packet; not positive when it is forgotten. */
    long left(int protocol, long now) {
        return value.getLong((int) CtEntryLayout.LAST_SEEN_NS) + lifetime(protocol) - now;
    }

    long lifetime(int protocol) {
        return FlowLimits.lifetime(protocol, value.get((int) CtEntryLayout.STATE));
    }

    byte[] bytes() {
        byte[] bytes = new byte[(int) CtEntryLayout.SIZE];
        value.get(0, bytes);
        return bytes;
    }
}
