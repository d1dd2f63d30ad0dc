package dev.heddle.node.packetlife;

import dev.heddle.node.ffm.bpf.MappedArray;
import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.AddressLayout;
import dev.heddle.node.ffm.layout.BackendKeyLayout;
import dev.heddle.node.ffm.layout.BackendLayout;
import dev.heddle.node.ffm.layout.ControlLayout;
import dev.heddle.node.ffm.layout.KernelMap;
import dev.heddle.node.ffm.layout.MemberKeyLayout;
import dev.heddle.node.ffm.layout.ServiceKeyLayout;
import dev.heddle.node.ffm.layout.ServiceLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes services of one family as plainly as their format allows. Ends are {@code name:port}. */
record ServiceTables(Tables tables, Family family) {

    private static final long AFFINITY = 7;

    /** Leads a protocol's port of an address to these backends, by a set of this number. */
    void lead(int protocol, String service, int set, String... backends) {
        write(address(service), protocol, service, target(0, 0, set, backends), set, backends);
    }

    /** The same, and a client that comes again in less than these seconds meets the backend where it was. */
    void leadBack(int protocol, String service, int seconds, int set, String... backends) {
        for (String backend : backends) {
            byte[] member = buffer(MemberKeyLayout.SIZE)
                    .put((int) MemberKeyLayout.BACKEND, backend(backend))
                    .putInt((int) MemberKeyLayout.BACKEND_SET, set)
                    .array();
            tables.map(KernelMap.MEMBERS).put(member, Tables.number(1));
        }
        write(address(service), protocol, service, target(AFFINITY, seconds, set, backends), set, backends);
    }

    private static byte[] target(long affinity, int seconds, int set, String... backends) {
        return buffer(ServiceLayout.SIZE)
                .putInt((int) ServiceLayout.BACKEND_SET, set)
                .putInt((int) ServiceLayout.BACKENDS, backends.length)
                .putInt((int) ServiceLayout.AFFINITY_SECONDS, seconds)
                .putLong((int) ServiceLayout.AFFINITY, affinity)
                .array();
    }

    /** Leads a node port there. */
    void leadNodePort(int protocol, String nodeAndPort, int set, String... backends) {
        tables.map(KernelMap.SERVICE_NODES).put(address(nodeAndPort), Tables.number(Abi.SERVICE_NODE_THIS));
        byte[] unspecified = new byte[(int) AddressLayout.SIZE];
        if (family == Family.IPV4) {
            unspecified[10] = unspecified[11] = (byte) 0xff;
        }
        write(unspecified, protocol, nodeAndPort, target(0, 0, set, backends), set, backends);
    }

    private void write(byte[] at, int protocol, String service, byte[] target, int set, String... backends) {
        for (int slot = 0; slot < backends.length; slot++) {
            tables.map(KernelMap.BACKENDS)
                    .put(
                            buffer(BackendKeyLayout.SIZE)
                                    .putInt((int) BackendKeyLayout.BACKEND_SET, set)
                                    .putInt((int) BackendKeyLayout.SLOT, slot)
                                    .array(),
                            backend(backends[slot]));
        }
        tables.map(KernelMap.SERVICES)
                .put(
                        buffer(ServiceKeyLayout.SIZE)
                                .put((int) ServiceKeyLayout.ADDRESS, at)
                                .put((int) ServiceKeyLayout.PORT, port(service))
                                .put((int) ServiceKeyLayout.PROTOCOL, (byte) protocol)
                                .array(),
                        target);
    }

    /** Says that services are at this address only, and node ports at this number. */
    void only(Cast at, int nodePort) {
        MappedArray control = tables.mapped(KernelMap.CONTROL);
        byte[] all = new byte[16];
        java.util.Arrays.fill(all, (byte) 0xff);
        control.write(0, ControlLayout.SERVICE_NET4, at.addressBytes(Family.IPV4), 0, 4);
        control.write(0, ControlLayout.SERVICE_MASK4, all, 0, 4);
        control.write(0, ControlLayout.SERVICE_NET6, at.addressBytes(Family.IPV6), 0, 16);
        control.write(0, ControlLayout.SERVICE_MASK6, all, 0, 16);
        control.setShort(0, ControlLayout.NODE_PORT_FIRST, (short) nodePort);
        control.setShort(0, ControlLayout.NODE_PORT_LAST, (short) nodePort);
        control.setInt(0, ControlLayout.SERVICE_FILTER_USED, 1);
    }

    private byte[] backend(String end) {
        return buffer(BackendLayout.SIZE)
                .put((int) BackendLayout.ADDRESS, address(end))
                .put((int) BackendLayout.PORT, port(end))
                .array();
    }

    /** IPv4 as {@code ::ffff:a.b.c.d}. */
    private byte[] address(String end) {
        byte[] octets = Cast.of(end.substring(0, end.indexOf(':'))).addressBytes(family);
        if (octets.length == 16) {
            return octets;
        }
        return ByteBuffer.allocate(16).putLong(0).putInt(0xffff).put(octets).array();
    }

    private static byte[] port(String end) {
        int port = Integer.parseInt(end.substring(end.indexOf(':') + 1));
        return new byte[] {(byte) (port >> 8), (byte) port};
    }

    private static ByteBuffer buffer(long size) {
        return ByteBuffer.allocate((int) size).order(ByteOrder.nativeOrder());
    }
}
