package dev.heddle.node.netns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Asks which of {@link TestPolicies} is in force for what b sends to a. */
final class PolicyProbe implements AutoCloseable {

    private static final Map<Integer, String> PORTS = Map.of(
            TestPolicies.IF_SENDERS, "senders", TestPolicies.IF_RECEIVERS, "receivers", TestPolicies.NEVER, "neither");

    private final Map<Integer, DatagramChannel> receivers = new TreeMap<>();
    private final DatagramChannel last;
    private final DatagramChannel sender;

    PolicyProbe() throws IOException {
        for (int port : PORTS.keySet()) {
            receivers.put(port, bind(port));
        }
        last = bind(TestPolicies.ALWAYS);
        sender = TwoPods.B.inside(() -> DatagramChannel.open());
    }

    /** Names of the policies that let a packet through, each of those packets sent before one that both do. */
    String inForce() throws IOException {
        for (int port : PORTS.keySet()) {
            send(port);
        }
        send(TestPolicies.ALWAYS);
        last.socket().setSoTimeout((int) TimeUnit.SECONDS.toMillis(5));
        last.socket().receive(new DatagramPacket(new byte[1], 1));
        Set<String> names = new TreeSet<>();
        for (var receiver : receivers.entrySet()) {
            receiver.getValue().configureBlocking(false);
            if (receiver.getValue().receive(ByteBuffer.allocate(1)) != null) {
                names.add(PORTS.getOrDefault(receiver.getKey(), ""));
            }
        }
        return String.join(" and ", names);
    }

    private void send(int port) throws IOException {
        sender.send(ByteBuffer.wrap(new byte[1]), new InetSocketAddress(TwoPods.A.address(), port));
    }

    private static DatagramChannel bind(int port) {
        return TwoPods.A.inside(() -> DatagramChannel.open().bind(new InetSocketAddress(TwoPods.A.address(), port)));
    }

    @Override
    public void close() throws IOException {
        sender.close();
        last.close();
        for (DatagramChannel receiver : receivers.values()) {
            receiver.close();
        }
    }
}
