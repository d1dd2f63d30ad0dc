package dev.heddle.node.netns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.packetlife.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Datagrams from a to one port of b, one about every 50 microseconds, every one of them counted at both ends. */
final class UdpStream implements AutoCloseable {

    private static final long PAUSE_NANOS = 50_000;
    private static final int BUFFER = 4 << 20;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final DatagramChannel from;
    private final DatagramChannel to;
    private final Thread sender;
    private final Thread receiver;
    private volatile boolean stopped;

    private UdpStream(InetSocketAddress target) {
        to = TwoPods.B.inside(() -> {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            return channel.bind(target);
        });
        from = TwoPods.A.inside(() -> DatagramChannel.open());
        sender = Thread.ofPlatform().name("sender").unstarted(() -> send(target));
        receiver = Thread.ofPlatform().name("receiver").unstarted(this::receive);
    }

    static UdpStream to(int port) {
        return to(port, Family.IPV4);
    }

    static UdpStream to(int port, Family family) {
        UdpStream stream = new UdpStream(new InetSocketAddress(TwoPods.B.address(family), port));
        stream.receiver.start();
        stream.sender.start();
        return stream;
    }

    long sent() {
        return sent.get();
    }

    long received() {
        return received.get();
    }

    /** Waits until so many have arrived. */
    void awaitReceived(long count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (received() < count) {
            assertThat(System.nanoTime())
                    .as("only %d packets arrived", received())
                    .isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    /** Stops sending and waits until what is under way has arrived. */
    void stop() throws InterruptedException {
        stopped = true;
        sender.join();
        Thread.sleep(200);
    }

    private void send(InetSocketAddress target) {
        ByteBuffer datagram = ByteBuffer.allocate(64);
        while (!stopped) {
            try {
                datagram.clear();
                from.send(datagram, target);
                sent.incrementAndGet();
            } catch (IOException e) {
                // A dropped packet is no error to the sender; a full queue is, and then nothing was sent.
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocate(64);
        try {
            while (true) {
                datagram.clear();
                to.receive(datagram);
                received.incrementAndGet();
            }
        } catch (ClosedChannelException e) {
            // The end.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        from.close();
        to.close();
    }
}
