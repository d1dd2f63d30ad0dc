package dev.heddle.node.ffm.netlink;

import dev.heddle.node.ffm.NetlinkException;
import dev.heddle.node.ffm.netlink.NetlinkSocket.Answer;
import dev.heddle.node.ffm.sys.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs on devices by clsact qdiscs, which every kernel has: filters of kind bpf in direct-action mode, for packets of
 * any protocol. A filter lives as long as its device. Filters run by priority, lowest first, until one does not return
 * {@code TC_ACT_UNSPEC}. Source: tc-bpf(8), linux/pkt_cls.h, linux/pkt_sched.h.
 */
public final class TrafficControl implements AutoCloseable {
    private static final int FIXED_PART = 20;
    private static final int CLSACT_HANDLE = 0xffff0000;
    private static final int CLSACT_PARENT = 0xfffffff1;
    private static final int INGRESS_PARENT = 0xfffffff2;
    private static final int EGRESS_PARENT = 0xfffffff3;
    private static final int PRIORITY_SHIFT = 16;
    /** ETH_P_ALL in network order. */
    private static final int EVERY_PROTOCOL = Short.toUnsignedInt(
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Short.reverseBytes((short) 3) : (short) 3);

    private static final int TCA_KIND = 1;
    private static final int TCA_OPTIONS = 2;
    private static final int TCA_BPF_FD = 6;
    private static final int TCA_BPF_NAME = 7;
    private static final int TCA_BPF_FLAGS = 8;
    private static final int TCA_BPF_ID = 11;
    private static final int DIRECT_ACTION = 1;

    private final NetlinkSocket socket;

    private TrafficControl(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** In this process's network namespace. */
    public static TrafficControl open() {
        return new TrafficControl(NetlinkSocket.route());
    }

    /** Gives the device a clsact qdisc; one that is there, whoever made it, stays as it is. */
    public void addClsact(int ifindex) {
        Message request = new Message(Message.NEW_QDISC, Message.ACK | Message.CREATE | Message.EXCLUSIVE)
                .traffic(ifindex, CLSACT_HANDLE, CLSACT_PARENT, 0)
                .attribute(TCA_KIND, "clsact");
        try {
            socket.ask("add clsact", "device " + ifindex, request);
        } catch (NetlinkException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    /**
     * Attaches a program. A filter of the same place, priority and handle is replaced: each packet meets the one or the other.
     *
     * @param program the program's descriptor
     * @param place its own programId is not read
     */
    public void put(BpfFilter place, int program) {
        Message request =
                filter(Message.NEW_FILTER, Message.ACK | Message.CREATE, place).attribute(TCA_KIND, "bpf");
        int options = request.begin(TCA_OPTIONS);
        request.attribute(TCA_BPF_FD, program)
                .attribute(TCA_BPF_NAME, place.name())
                .attribute(TCA_BPF_FLAGS, DIRECT_ACTION)
                .end(options);
        socket.ask("attach by clsact", place.name() + " at device " + place.ifindex(), request);
    }

    /** Takes a filter away, if it is there. */
    public void remove(BpfFilter place) {
        Message request = filter(Message.DEL_FILTER, Message.ACK, place).attribute(TCA_KIND, "bpf");
        try {
            socket.ask("detach by clsact", place.name() + " at device " + place.ifindex(), request);
        } catch (NetlinkException e) {
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENODEV && e.errno() != Errno.EINVAL) {
                throw e;
            }
        }
    }

    /** Every program that is attached by a clsact qdisc. */
    public List<BpfFilter> filters() {
        Message request = new Message(Message.GET_QDISC, Message.DUMP).traffic(0, 0, 0, 0);
        List<BpfFilter> found = new ArrayList<>();
        for (Answer qdisc : socket.ask("list qdiscs", "namespace", request)) {
            if (attributes(qdisc).text(TCA_KIND).equals("clsact")) {
                int ifindex = qdisc.body().getInt(4);
                found.addAll(filters(ifindex, false));
                found.addAll(filters(ifindex, true));
            }
        }
        return found;
    }

    /** Of one side of a device, which has a clsact qdisc. */
    private List<BpfFilter> filters(int ifindex, boolean egress) {
        Message request = new Message(Message.GET_FILTER, Message.DUMP)
                .traffic(ifindex, 0, egress ? EGRESS_PARENT : INGRESS_PARENT, 0);
        List<BpfFilter> found = new ArrayList<>();
        for (Answer answer : socket.ask("list filters", "device " + ifindex, request)) {
            Attributes attributes = attributes(answer);
            Attributes options = attributes.nested(TCA_OPTIONS);
            int handle = answer.body().getInt(8);
            if (attributes.text(TCA_KIND).equals("bpf") && handle != 0) {
                int priority = answer.body().getInt(16) >>> PRIORITY_SHIFT;
                found.add(new BpfFilter(
                        ifindex, egress, priority, handle, options.text(TCA_BPF_NAME), options.number(TCA_BPF_ID)));
            }
        }
        return found;
    }

    private static Message filter(int type, int flags, BpfFilter place) {
        int parent = place.egress() ? EGRESS_PARENT : INGRESS_PARENT;
        int info = (place.priority() << PRIORITY_SHIFT) | EVERY_PROTOCOL;
        return new Message(type, flags).traffic(place.ifindex(), place.handle(), parent, info);
    }

    private static Attributes attributes(Answer answer) {
        ByteBuffer body = answer.body();
        return Attributes.parse(
                body.slice(FIXED_PART, body.limit() - FIXED_PART).order(ByteOrder.nativeOrder()));
    }

    @Override
    public void close() {
        socket.close();
    }
}
