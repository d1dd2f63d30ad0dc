package dev.heddle.node.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Carries a question to the daemon beside it and prints the answer; run by {@code kubectl exec} in its container. */
public final class Ask {

    private Ask() {}

    /**
     * Prints one answer.
     *
     * @param arguments a question, as JSON; see {@link QueryServer}
     */
    public static void main(String... arguments) {
        Path state = Path.of(System.getenv().getOrDefault("HEDDLE_STATE", "/run/heddle"));
        if (arguments.length != 1) {
            System.err.println("give the question as one argument, JSON");
            System.exit(2);
        }
        try {
            ask(state.resolve(QueryServer.SOCKET), arguments[0], System.out);
            System.out.println();
        } catch (IOException e) {
            System.err.println("the daemon on this node does not answer: " + e.getMessage());
            System.exit(1);
        }
    }

    /** One question, one answer. */
    public static String ask(Path socket, String question) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ask(socket, question, answer);
        return answer.toString(StandardCharsets.UTF_8);
    }

    /** The same, with the answer passed on as it comes: it may be larger than this program's memory. */
    private static void ask(Path socket, String question, OutputStream answer) throws IOException {
        try (SocketChannel daemon = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = ByteBuffer.wrap(question.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                daemon.write(bytes);
            }
            daemon.shutdownOutput();
            Channels.newInputStream(daemon).transferTo(answer);
        }
    }
}
