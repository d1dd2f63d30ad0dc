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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Datagrams from one pod to one port of another, every one of them counted at both ends. They belong to several flows in
 * turn.
 */
final class UdpStream implements AutoCloseable {

    private static final long PAUSE_NANOS = 50_000;
    private static final int BUFFER = 4 << 20;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final List<DatagramChannel> flows;
    private final DatagramChannel to;
    private final Thread sender;
    private final Thread receiver;
    private volatile boolean stopped;

    private UdpStream(TwoPods.Pod source, TwoPods.Pod destination, InetSocketAddress target, int flows, long pause) {
        to = destination.inside(() -> {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
            return channel.bind(target);
        });
        this.flows = source.inside(() -> open(flows));
        sender = Thread.ofPlatform().name("sender").unstarted(() -> send(target, pause));
        receiver = Thread.ofPlatform().name("receiver").unstarted(this::receive);
    }

    /** One flow from a to b, a datagram about every 50 microseconds. */
    static UdpStream to(int port) {
        return to(port, Family.IPV4);
    }

    static UdpStream to(int port, Family family) {
        return start(TwoPods.A, TwoPods.B, port, family, 1, PAUSE_NANOS);
    }

    /** One flow between these pods, a datagram about every 50 microseconds. */
    static UdpStream between(TwoPods.Pod source, TwoPods.Pod destination, int port) {
        return start(source, destination, port, Family.IPV4, 1, PAUSE_NANOS);
    }

    /** Eight flows, each with a datagram about every three milliseconds. */
    static UdpStream ofEightFlows(TwoPods.Pod source, TwoPods.Pod destination, int port, Family family) {
        return start(source, destination, port, family, 8, 8 * PAUSE_NANOS);
    }

    private static UdpStream start(
            TwoPods.Pod source, TwoPods.Pod destination, int port, Family family, int flows, long pause) {
        InetSocketAddress target = new InetSocketAddress(destination.address(family), port);
        UdpStream stream = new UdpStream(source, destination, target, flows, pause);
        stream.receiver.start();
        stream.sender.start();
        return stream;
    }

    private static List<DatagramChannel> open(int count) throws IOException {
        List<DatagramChannel> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            channels.add(DatagramChannel.open());
        }
        return channels;
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

    private void send(InetSocketAddress target, long pause) {
        ByteBuffer datagram = ByteBuffer.allocate(64);
        for (int turn = 0; !stopped; turn++) {
            try {
                datagram.clear();
                flows.get(turn % flows.size()).send(datagram, target);
                sent.incrementAndGet();
            } catch (IOException e) {
                // A dropped packet is no error to the sender; a full queue is, and then nothing was sent.
            }
            LockSupport.parkNanos(pause);
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
        for (DatagramChannel flow : flows) {
            flow.close();
        }
        to.close();
    }
}
