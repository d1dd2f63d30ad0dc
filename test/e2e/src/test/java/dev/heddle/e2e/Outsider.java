package dev.heddle.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that is no pod and no node: this machine, beside the nodes on their wire. */
final class Outsider {

    private static final int TIMEOUT_MILLIS = 3_000;

    private Outsider() {}

    static Outcome attempt(String address, int port, Protocol protocol) {
        try {
            InetSocketAddress target = new InetSocketAddress(address, port);
            switch (protocol) {
                case TCP -> connect(target);
                case UDP -> ask(target);
            }
            return Outcome.ANSWERED;
        } catch (SocketTimeoutException e) {
            return Outcome.TIMED_OUT;
        } catch (IOException e) {
            return Outcome.FAILED;
        }
    }

    private static void connect(InetSocketAddress target) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(target, TIMEOUT_MILLIS);
        }
    }

    private static void ask(InetSocketAddress target) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(target);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            byte[] question = "hostname".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(question, question.length));
            socket.receive(new DatagramPacket(new byte[1024], 1024));
        }
    }
}
