package dev.heddle.node.ffm.netlink;

import java.net.InetAddress;

/**
 * A TCP or UDP socket. Addresses of a dual-stack socket that speaks IPv4 are IPv4 addresses here.
 *
 * @param protocol IANA number
 * @param remotePort 0 without a peer
 * @param ipv6Only a listener on all IPv6 addresses that takes no IPv4
 */
public record InetSocket(
        int protocol,
        TcpState state,
        InetAddress local,
        int localPort,
        InetAddress remote,
        int remotePort,
        boolean ipv6Only) {

    /** Takes connections or datagrams from everybody. */
    public boolean isListening() {
        return state == TcpState.LISTEN || state == TcpState.CLOSE;
    }
}
