package dev.heddle.node.bench.policy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;

/** Connections of a lane's pod: connect, send a byte, read its echo, reset. */
final class Connections implements AutoCloseable {
    private static final int SEED = 11;

    private final Lane lane;
    private final int peers;
    private final ServerSocketChannel server;
    private final Thread echo;
    private final Random random = new Random(SEED);

    /** Listens on the node, at every peer's address. */
    Connections(Lane lane, int peers) {
        this.lane = lane;
        this.peers = peers;
        server = lane.onNode(() -> ServerSocketChannel.open().bind(new InetSocketAddress("0.0.0.0", Workload.PORT)));
        echo = Thread.ofPlatform().daemon().name("echo").start(this::serve);
    }

    /** The median of so many connections to random peers, in microseconds */
    double median(int connections) {
        return lane.inPod(() -> {
            double[] micros = new double[connections];
            ByteBuffer one = ByteBuffer.allocateDirect(1);
            for (int i = 0; i < connections; i++) {
                var peer = new InetSocketAddress(Workload.address(random.nextInt(peers)), Workload.PORT);
                long start = System.nanoTime();
                try (SocketChannel channel = SocketChannel.open()) {
                    // A reset leaves no port behind in TIME_WAIT.
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                    channel.connect(peer);
                    channel.write(one.clear());
                    if (channel.read(one.clear()) != 1) {
                        throw new IOException("no echo from " + peer);
                    }
                    micros[i] = (System.nanoTime() - start) / 1e3;
                }
            }
            Arrays.sort(micros);
            return micros[connections / 2];
        });
    }

    private void serve() {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        while (server.isOpen()) {
            try (SocketChannel channel = server.accept()) {
                channel.read(one.clear());
                channel.write(one.flip());
                channel.read(one.clear()); // until the client's reset
            } catch (IOException ended) {
                // By the client's reset, or by close.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            echo.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
