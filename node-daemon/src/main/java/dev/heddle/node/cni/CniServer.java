package dev.heddle.node.cni;

import dev.heddle.node.socket.RootSocket;
import dev.heddle.node.socket.Watchdog;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The unix socket that the CNI plugin calls: one request and one answer for each connection, each on a virtual thread.
 *
 * <p>The socket belongs to root alone. Until the next daemon listens, the plugin is refused, and a pod that starts
 * meanwhile is tried again.
 */
public final class CniServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(CniServer.class.getName());
    /** More pods than the kubelet allows on a node by default; the rest waits in the backlog. */
    private static final int MOST_REQUESTS = 256;
    /** For reading the request, not for serving it. The plugin has it ready when it connects. */
    private static final Duration READ_BOUND = Duration.ofSeconds(5);

    private final ServerSocketChannel listener;
    private final CniService service;
    private final Semaphore room = new Semaphore(MOST_REQUESTS);
    private final Watchdog watchdog = new Watchdog("cni-watchdog");

    private CniServer(ServerSocketChannel listener, CniService service) {
        this.listener = listener;
        this.service = service;
    }

    /**
     * Listens from now on.
     *
     * @param socket at most 100 bytes long; its folder is made when it is missing
     */
    public static CniServer listen(Path socket, PodNetwork network) {
        CniServer server = new CniServer(RootSocket.listen(socket), new CniService(network));
        Thread.ofPlatform().name("cni-accept").daemon().start(server::accept);
        return server;
    }

    private void accept() {
        try {
            while (listener.isOpen()) {
                room.acquire();
                SocketChannel connection = take();
                Thread.ofVirtual().name("cni-request").start(() -> serve(connection));
            }
        } catch (ClosedChannelException | InterruptedException e) {
            LOG.log(Level.DEBUG, "the CNI socket is closed");
        }
    }

    private SocketChannel take() throws ClosedChannelException, InterruptedException {
        while (true) {
            try {
                return listener.accept();
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                // Out of descriptors, for example: trying again at once would only burn the processor.
                LOG.log(Level.WARNING, "no CNI connection taken", e);
                Thread.sleep(Duration.ofMillis(100));
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            var tooLate = watchdog.bound(connection, READ_BOUND);
            WireFormat.Request request = WireFormat.read(new DataInputStream(Channels.newInputStream(connection)));
            tooLate.cancel(false);
            ByteBuffer answer = WireFormat.encode(service.answer(request));
            while (answer.hasRemaining()) {
                connection.write(answer);
            }
        } catch (IOException e) {
            LOG.log(Level.INFO, "a CNI request broke off: " + e);
        } finally {
            room.release();
        }
    }

    @Override
    public void close() {
        watchdog.close();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "closing the CNI socket", e);
        }
    }
}
