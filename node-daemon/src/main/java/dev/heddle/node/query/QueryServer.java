package dev.heddle.node.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.crds.live.FlowQuestion;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.LiveQuestion;
import dev.heddle.node.events.FlowLog;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.socket.RootSocket;
import dev.heddle.node.socket.Watchdog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket on which questions come: a caller sends a JSON list of {@link LiveQuestion}, closes its side, and gets one
 * {@link dev.heddle.crds.live.LiveAnswer}; or sends an object with a {@link FlowQuestion} and gets lines of JSON, see
 * {@link dev.heddle.crds.live.FlowsHeld}. Instead of each answer there may come {@code {"error": "..."}}. One caller at a
 * time: they are people.
 */
public final class QueryServer implements AutoCloseable {

    /** File name of the socket in the state folder. */
    public static final String SOCKET = "query.sock";

    private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<LiveQuestion>> QUESTIONS = new TypeReference<>() {};
    /** Thousands of questions; a caller who sends more is cut off. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 100;
    private static final int BUFFER = 1 << 16;

    private final ServerSocketChannel listener;
    private final Answers answers;
    private final FlowLog flows;
    private final Watchdog watchdog = new Watchdog("query-watchdog");

    private QueryServer(ServerSocketChannel listener, Answers answers, FlowLog flows) {
        this.listener = listener;
        this.answers = answers;
        this.flows = flows;
    }

    /** Answers from now on. */
    public static QueryServer listen(Path socket, Answers answers, FlowLog flows) {
        QueryServer server = new QueryServer(RootSocket.listen(socket), answers, flows);
        Thread.ofPlatform().name("query").daemon().start(server::serve);
        return server;
    }

    private void serve() {
        while (listener.isOpen()) {
            try (SocketChannel caller = listener.accept()) {
                var tooLate = watchdog.bound(caller, BOUND);
                Answer answer = answer(Channels.newInputStream(caller));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(caller), BUFFER);
                answer.writeTo(out);
                out.flush();
                tooLate.cancel(false);
            } catch (IOException e) {
                pause(e);
            }
        }
    }

    /** Written piece by piece: flows may be megabytes. */
    private interface Answer {
        void writeTo(OutputStream out) throws IOException;
    }

    private Answer answer(InputStream in) throws IOException {
        try {
            JsonNode asked = JSON.readTree(in.readNBytes(MOST_BYTES));
            if (asked.has(FlowQuestion.FIELD)) {
                return lines(flows.answer(JSON.treeToValue(asked.get(FlowQuestion.FIELD), FlowQuestion.class)));
            }
            byte[] verdicts = JSON.writeValueAsBytes(answers.answer(JSON.treeToValue(asked, QUESTIONS)));
            return out -> out.write(verdicts);
        } catch (JsonProcessingException e) {
            return error("this is no question: " + e.getOriginalMessage());
        } catch (IllegalArgumentException | KernelException e) {
            return error(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("a question has no answer", e);
            return error("a fault of Heddle itself, please report it: " + e);
        }
    }

    private static Answer lines(FlowLog.Answer answer) {
        return out -> {
            out.write(JSON.writeValueAsBytes(answer.held()));
            for (FlowRecord record : answer.records()) {
                out.write('\n');
                out.write(JSON.writeValueAsBytes(record));
            }
        };
    }

    private static Answer error(String why) {
        return out -> out.write(JSON.writeValueAsBytes(Map.of("error", why)));
    }

    /** A caller who went away harms nobody; without descriptors, trying again at once would only burn the processor. */
    private void pause(IOException why) {
        if (listener.isOpen()) {
            LOG.info("a question broke off: {}", why.toString());
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        watchdog.close();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.warn("closing the query socket: {}", e.toString());
        }
    }
}
