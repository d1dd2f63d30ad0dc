package dev.heddle.node.netns;

import dev.heddle.node.packetlife.Family;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One pod talks to another over TCP, question and answer, on a new connection now and then. */
final class TcpTalk implements AutoCloseable {

    private static final int ANSWERS_OF_A_CONNECTION = 50;
    private static final int MESSAGE = 64;
    private static final long PAUSE_NANOS = 500_000;

    private final AtomicLong answers = new AtomicLong();
    private final TwoPods.Pod client;
    private final InetSocketAddress place;
    private final ServerSocketChannel listener;
    private volatile @Nullable IOException failure;
    private volatile boolean stopped;

    private TcpTalk(TwoPods.Pod client, TwoPods.Pod server, InetSocketAddress place) {
        this.client = client;
        this.place = place;
        listener = server.inside(() -> ServerSocketChannel.open().bind(place));
    }

    static TcpTalk between(TwoPods.Pod client, TwoPods.Pod server, int port, Family family) {
        TcpTalk talk = new TcpTalk(client, server, new InetSocketAddress(server.address(family), port));
        Thread.ofPlatform().name("answering").start(talk::answer);
        Thread.ofPlatform().name("asking").start(talk::ask);
        return talk;
    }

    long answers() {
        return answers.get();
    }

    /** What ended it before its time; null when nothing did. */
    @Nullable
    IOException failure() {
        return failure;
    }

    private void ask() {
        try {
            while (!stopped) {
                try (SocketChannel channel = client.inside(() -> SocketChannel.open())) {
                    channel.connect(place);
                    ask(channel.socket());
                }
            }
        } catch (IOException e) {
            failure = stopped ? failure : e;
        }
    }

    private void ask(Socket socket) throws IOException {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        for (int i = 0; i < ANSWERS_OF_A_CONNECTION && !stopped; i++) {
            socket.getOutputStream().write(new byte[MESSAGE]);
            if (socket.getInputStream().readNBytes(MESSAGE).length < MESSAGE) {
                throw new IOException("the connection ended after " + i + " answers");
            }
            answers.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void answer() {
        while (!stopped) {
            try (SocketChannel channel = listener.accept()) {
                channel.socket().getInputStream().transferTo(channel.socket().getOutputStream());
            } catch (IOException e) {
                // The client hears of it.
            }
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        listener.close();
    }
}
