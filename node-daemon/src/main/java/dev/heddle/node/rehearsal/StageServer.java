package dev.heddle.node.rehearsal;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Just enough of an API server for one rehearsal: lists hold the object "one", watches (RFC 6455) add the object "two",
 * kinds that it does not know are empty, and what is written comes back. HTTP/1.1 over TLS on loopback.
 */
final class StageServer implements AutoCloseable {
    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener;
    private final Map<String, Function<String, HasMetadata>> objects;

    private StageServer(ServerSocket listener, Map<String, Function<String, HasMetadata>> objects) {
        this.listener = listener;
        this.objects = objects;
    }

    static StageServer open(SSLContext context, Map<String, Function<String, HasMetadata>> objects) throws IOException {
        ServerSocket listener =
                context.getServerSocketFactory().createServerSocket(0, 64, InetAddress.ofLiteral("127.0.0.1"));
        StageServer server = new StageServer(listener, objects);
        Thread.ofPlatform().name("stage").daemon().start(server::accept);
        return server;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Thread.ofPlatform().name("stage-connection").daemon().start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /**
     * What the client asks.
     *
     * @param list whether it looks like the list of a kind, when the path is not one that is known
     */
    private record Request(
            String method, String path, boolean watch, boolean list, Map<String, String> headers, String body) {}

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            for (Request request = read(in); request != null; request = read(in)) {
                if (request.watch()) {
                    watch(in, out, request);
                } else if (!request.method().equals("GET")) {
                    respond(out, "200 OK", StageAnswers.written(request.path(), request.body()));
                } else {
                    String found = get(request);
                    respond(
                            out,
                            found == null ? "404 Not Found" : "200 OK",
                            found == null ? StageAnswers.ABSENT : found);
                }
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private @Nullable String get(Request request) {
        Function<String, HasMetadata> maker = objects.get(request.path());
        if (maker != null) {
            return StageAnswers.list(maker.apply("one"));
        }
        int slash = request.path().lastIndexOf('/');
        Function<String, HasMetadata> parent = objects.get(request.path().substring(0, Math.max(slash, 0)));
        if (parent != null) {
            return Serialization.asJson(parent.apply(request.path().substring(slash + 1)));
        }
        return StageAnswers.isList(request.path()) ? StageAnswers.EMPTY_LIST : null;
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String start = line(in);
        if (start.isEmpty()) {
            return null;
        }
        List<String> words = new ArrayList<>(List.of(start.split(" ", 3)));
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        String target = words.get(1);
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return new Request(
                words.getFirst(),
                path,
                target.contains("watch=true"),
                target.contains("resourceVersion="),
                headers,
                body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static void respond(OutputStream out, String status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    /** Upgrades, sends one event of a kind that is known, and then listens until the client goes. */
    private void watch(InputStream in, OutputStream out, Request request) throws IOException {
        String key = request.headers().getOrDefault("sec-websocket-key", "");
        String head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        Function<String, HasMetadata> maker = objects.get(request.path());
        if (maker != null) {
            byte[] event = StageAnswers.added(maker.apply("two")).getBytes(StandardCharsets.UTF_8);
            out.write(new byte[] {(byte) 0x81, 126, (byte) (event.length >> 8), (byte) event.length});
            out.write(event);
        }
        out.flush();
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the stage", e);
        }
    }
}
