package dev.heddle.node.ffm.netlink;

import dev.heddle.node.ffm.NetlinkException;
import dev.heddle.node.ffm.netlink.NetlinkSocket.Answer;
import dev.heddle.node.ffm.sys.Errno;
import dev.heddle.node.ffm.sys.Fd;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The devices and addresses of one network namespace. Thread-safe; one request at a time. */
public final class Netlink implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int LINK_PART = 16;
    private static final int ADDRESS_PART = 8;
    private static final int UP = 1;

    /** Attributes of links. Source: linux/if_link.h. */
    private static final int IFLA_ADDRESS = 1;

    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINK = 5;
    private static final int IFLA_MASTER = 10;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int VETH_INFO_PEER = 1;
    /** Attributes of addresses. Source: linux/if_addr.h. */
    private static final int IFA_ADDRESS = 1;

    private static final int IFA_LOCAL = 2;

    private final NetlinkSocket socket;

    private Netlink(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** In this process's namespace. */
    public static Netlink open() {
        return new Netlink(NetlinkSocket.route());
    }

    /** In another namespace; stays there. */
    public static Netlink openIn(Path namespace) {
        return new Netlink(NetworkNamespace.inside(namespace, NetlinkSocket::route));
    }

    public List<Link> links() {
        Message request = new Message(Message.GET_LINK, Message.DUMP).link(0, 0, 0);
        return socket.ask("list links", "namespace", request).stream()
                .map(Netlink::link)
                .toList();
    }

    public Optional<Link> link(int ifindex) {
        return find("device " + ifindex, new Message(Message.GET_LINK, 0).link(ifindex, 0, 0));
    }

    public Optional<Link> link(String name) {
        return find(name, new Message(Message.GET_LINK, 0).link(0, 0, 0).attribute(IFLA_IFNAME, name));
    }

    private Optional<Link> find(String object, Message request) {
        try {
            return socket.ask("get link", object, request).stream().findFirst().map(Netlink::link);
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ENODEV) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** IPv4 and IPv6. */
    public List<LinkAddress> addresses() {
        Message request = new Message(Message.GET_ADDRESS, Message.DUMP).address(0, 0, 0);
        return socket.ask("list addresses", "namespace", request).stream()
                .map(Netlink::address)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Makes a pair of devices, both in this namespace and both down. */
    public void createVeth(String name, String peer) {
        Message request = new Message(Message.NEW_LINK, Message.ACK | Message.CREATE | Message.EXCLUSIVE)
                .link(0, 0, 0)
                .attribute(IFLA_IFNAME, name);
        int info = request.begin(IFLA_LINKINFO);
        request.attribute(IFLA_INFO_KIND, "veth");
        int data = request.begin(IFLA_INFO_DATA);
        int other = request.begin(VETH_INFO_PEER);
        request.link(0, 0, 0).attribute(IFLA_IFNAME, peer);
        request.end(other).end(data).end(info);
        socket.ask("create veth", name, request);
    }

    /** Deletes a device, and with a veth its other end. */
    public void delete(int ifindex) {
        socket.ask("delete link", "device " + ifindex, change(Message.DEL_LINK, ifindex, 0));
    }

    public void setUp(int ifindex) {
        socket.ask("set up", "device " + ifindex, change(Message.NEW_LINK, ifindex, UP));
    }

    public void move(int ifindex, Path namespace) {
        try (Fd target = Fd.open(namespace, Fd.O_RDONLY)) {
            Message request = change(Message.NEW_LINK, ifindex, 0).attribute(IFLA_NET_NS_FD, target.number());
            socket.ask("move to " + namespace, "device " + ifindex, request);
        }
    }

    public void addAddress(int ifindex, InetAddress address, int prefixLength) {
        byte[] bytes = address.getAddress();
        Message request = new Message(Message.NEW_ADDRESS, Message.ACK | Message.CREATE | Message.EXCLUSIVE)
                .address(bytes.length == 4 ? AF_INET : AF_INET6, prefixLength, ifindex)
                .attribute(IFA_LOCAL, bytes)
                .attribute(IFA_ADDRESS, bytes);
        socket.ask("add address " + address.getHostAddress(), "device " + ifindex, request);
    }

    private static Message change(int type, int ifindex, int flags) {
        return new Message(type, Message.ACK).link(ifindex, flags, flags);
    }

    private static Link link(Answer answer) {
        ByteBuffer body = answer.body();
        Attributes attributes = Attributes.parse(rest(body, LINK_PART));
        byte[] mac = attributes.bytes(IFLA_ADDRESS);
        return new Link(
                body.getInt(4),
                attributes.text(IFLA_IFNAME),
                attributes.nested(IFLA_LINKINFO).text(IFLA_INFO_KIND),
                attributes.number(IFLA_LINK),
                attributes.number(IFLA_MASTER),
                (body.getInt(8) & UP) != 0,
                mac == null || mac.length != 6 ? null : MacAddress.of(mac));
    }

    private static Optional<LinkAddress> address(Answer answer) {
        ByteBuffer body = answer.body();
        Attributes attributes = Attributes.parse(rest(body, ADDRESS_PART));
        byte[] local = attributes.bytes(IFA_LOCAL);
        byte[] address = local == null ? attributes.bytes(IFA_ADDRESS) : local;
        try {
            return address == null
                    ? Optional.empty()
                    : Optional.of(
                            new LinkAddress(body.getInt(4), InetAddress.getByAddress(address), body.get(1) & 0xff));
        } catch (UnknownHostException e) {
            return Optional.empty(); // of a family that is neither IPv4 nor IPv6
        }
    }

    private static ByteBuffer rest(ByteBuffer body, int from) {
        return body.slice(from, body.limit() - from).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        socket.close();
    }
}
