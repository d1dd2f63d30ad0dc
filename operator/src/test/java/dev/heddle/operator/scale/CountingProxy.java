package dev.heddle.operator.scale;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Hands connections on to a server and counts the bytes that come back from it: TCP payload, so TLS records. */
final class CountingProxy implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listener;
    private final URI server;
    private final LongAdder received = new LongAdder();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    CountingProxy(URI server) throws IOException {
        this.server = server;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** The kubeconfig with this proxy in place of the server. */
    String in(String kubeConfig) {
        return kubeConfig.replace(
                server.getAuthority(), listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort());
    }

    /** Bytes from the server so far. */
    long received() {
        return received.sum();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                client.setTcpNoDelay(true);
                upstream.setTcpNoDelay(true);
                open.add(client);
                open.add(upstream);
                Thread.ofVirtual().start(() -> copy(client, upstream, new LongAdder()));
                Thread.ofVirtual().start(() -> copy(upstream, client, received));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void copy(Socket from, Socket to, LongAdder count) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                count.add(read);
            }
        } catch (IOException e) {
            // One side has closed; so does the other.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
