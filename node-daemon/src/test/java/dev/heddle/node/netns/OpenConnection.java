package dev.heddle.node.netns;

import dev.heddle.node.packetlife.Family;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A TCP connection that pod a opened to pod b. Nothing was said on it yet. */
final class OpenConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1500;

    /** What its packets and its sockets are. */
    enum Way {
        IPV4,
        /** IPv4 packets of sockets that could speak IPv6 too. */
        IPV4_BY_IPV6_SOCKETS,
        IPV6;

        private String address() {
            return TwoPods.B.address(this == IPV6 ? Family.IPV6 : Family.IPV4);
        }

        private ProtocolFamily family() {
            return this == IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        }
    }

    private final ServerSocketChannel listener;
    private final SocketChannel client;
    private final SocketChannel server;

    private OpenConnection(ServerSocketChannel listener, SocketChannel client, SocketChannel server) {
        this.listener = listener;
        this.client = client;
        this.server = server;
    }

    static OpenConnection to(int port) throws IOException {
        return to(port, Way.IPV4);
    }

    static OpenConnection to(int port, Way way) throws IOException {
        InetSocketAddress place = new InetSocketAddress(way.address(), port);
        ServerSocketChannel listener =
                TwoPods.B.inside(() -> ServerSocketChannel.open(way.family()).bind(place));
        SocketChannel client = TwoPods.A.inside(() -> SocketChannel.open(way.family()));
        client.connect(place);
        return new OpenConnection(listener, client, listener.accept());
    }

    /** A listener at b that a may try to reach. */
    record Attempt(InetSocketAddress place, ServerSocketChannel listener) implements AutoCloseable {
        boolean succeeds() {
            return TwoPods.A.inside(() -> {
                try (SocketChannel client = SocketChannel.open()) {
                    client.socket().connect(place, PATIENCE_MILLIS);
                    return true;
                } catch (SocketTimeoutException e) {
                    return false;
                }
            });
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    static Attempt attempt(int port) {
        InetSocketAddress place = new InetSocketAddress(TwoPods.B.address(), port);
        return new Attempt(
                place, TwoPods.B.inside(() -> ServerSocketChannel.open().bind(place)));
    }

    boolean isOpen() {
        return client.isConnected() && server.isConnected();
    }

    /** The server says something; whether the client hears it soon. */
    boolean answers() throws IOException {
        return carries(server, client);
    }

    /** The client says something; whether the server hears it soon. */
    boolean asks() throws IOException {
        return carries(client, server);
    }

    private static boolean carries(SocketChannel from, SocketChannel to) throws IOException {
        from.socket().getOutputStream().write(1);
        to.socket().setSoTimeout(PATIENCE_MILLIS);
        try {
            return to.socket().getInputStream().read() == 1;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }
}
