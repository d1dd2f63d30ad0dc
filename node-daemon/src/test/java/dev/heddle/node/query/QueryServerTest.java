package dev.heddle.node.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.FlowsHeld;
import dev.heddle.crds.live.LiveAnswer;
import dev.heddle.crds.live.LiveQuestion;
import dev.heddle.crds.live.LiveVerdict;
import dev.heddle.crds.live.LiveVerdict.Outcome;
import dev.heddle.node.apply.LiveTables.Finding;
import dev.heddle.node.events.FlowLog;
import dev.heddle.node.kernel.Ipv4;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.node.query.Answers.Device;
import dev.heddle.node.query.Answers.Known;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions in at the socket, answers out. */
class QueryServerTest {

    private static final int ALLOW = 1 << 30;
    private static final Origin FIRST = new Origin("NetworkPolicy", "shop", "web", 3, "spec.egress[0]");
    private static final Origin SECOND = FIRST.at("spec.podSelector");

    @TempDir
    Path folder = Path.of("");

    private final AtomicReference<Finding> found = new AtomicReference<>(cell(7, ALLOW | 1));
    private final AtomicReference<List<Origin>> kept = new AtomicReference<>(List.of());
    private final Answers answers = new Answers(
            "node1", (ifindex, direction, remote, bornHere, protocol, port) -> found.get(), revision -> kept.get());
    private final FlowLog flows =
            new FlowLog("node1", () -> Instant.EPOCH, () -> 0L, revision -> List.of(), () -> List.of());
    private @Nullable QueryServer server;

    private static Finding.Cell cell(int revision, int cell) {
        return new Finding.Cell(revision, 1, 5, 2, 3, 4, cell >>> 30 == 1, cell);
    }

    @BeforeEach
    void listen() {
        server = QueryServer.listen(socket(), answers, flows);
        answers.know(new Known(
                37,
                7,
                List.of(FIRST, SECOND),
                Map.of("shop/web-1", new Device(9, true), "shop/bare", new Device(10, false))));
    }

    @AfterEach
    void end() {
        Objects.requireNonNull(server).close();
    }

    private Path socket() {
        return folder.resolve(QueryServer.SOCKET);
    }

    private LiveVerdict ask(String pod) throws IOException {
        LiveQuestion question = new LiveQuestion("shop", pod, Direction.EGRESS, "10.244.2.6", 6, 8080);
        LiveAnswer answer = new JsonMapper()
                .readValue(Ask.ask(socket(), new JsonMapper().writeValueAsString(List.of(question))), LiveAnswer.class);
        assertThat(answer.node()).isEqualTo("node1");
        assertThat(answer.sequence()).isEqualTo(37);
        return answer.verdicts().getFirst();
    }

    @Test
    void theRuleOfTheCellIsNamed() throws IOException {
        assertThat(ask("web-1")).satisfies(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(Outcome.ALLOWED);
            assertThat(verdict.rule()).isEqualTo(FIRST);
            assertThat(verdict.revision()).isEqualTo(7);
        });
        found.set(cell(7, 2));
        assertThat(ask("web-1")).satisfies(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
            assertThat(verdict.rule()).isEqualTo(SECOND);
        });
        found.set(cell(7, ALLOW));
        assertThat(ask("web-1").why()).isEqualTo("no rule decides");
    }

    @Test
    void numbersOfAnotherRevisionAreThoseThatWereKept() throws IOException {
        found.set(cell(6, 1));
        kept.set(List.of(SECOND));
        assertThat(ask("web-1").rule()).isEqualTo(SECOND);
    }

    @Test
    void aNumberThatNobodyKnowsIsWaitedForAndThenSaid() throws IOException {
        found.set(cell(8, 3));
        LiveVerdict verdict = ask("web-1");
        assertThat(verdict.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(verdict.rule()).isNull();
        assertThat(verdict.why()).startsWith("rule 3, of which");
    }

    @Test
    void podsWithoutProgramsOrWithoutAPolicyAreToldApart() throws IOException {
        assertThat(ask("absent").outcome()).isEqualTo(Outcome.UNKNOWN_POD);
        assertThat(ask("bare").outcome()).isEqualTo(Outcome.UNFILTERED);
        found.set(new Finding.Closed(7));
        assertThat(ask("web-1").outcome()).isEqualTo(Outcome.CLOSED);
        found.set(new Finding.Itself(7));
        assertThat(ask("web-1").outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void flowsComeALineEachBehindWhatIsHeld() throws IOException {
        for (int port = 1; port <= 3; port++) {
            flows.accept(new PacketEvent(
                    0,
                    Direction.EGRESS,
                    port == 2,
                    "policy denied",
                    Ipv4.parse("10.244.1.5"),
                    port,
                    Ipv4.parse("10.244.2.6"),
                    80,
                    6,
                    0,
                    0,
                    7,
                    9,
                    0));
        }
        JsonMapper json = new JsonMapper();
        List<String> lines = Ask.ask(socket(), "{\"flows\": {\"verdict\": \"ALLOWED\", \"most\": 1}}")
                .lines()
                .toList();
        FlowsHeld held = json.readValue(lines.getFirst(), FlowsHeld.class);
        assertThat(held.node()).isEqualTo("node1");
        assertThat(held.matching()).isEqualTo(2);
        assertThat(held.held()).extracting(FlowsHeld.Held::records).containsExactly(2, 1);
        assertThat(lines).hasSize(2);
        FlowRecord record = json.readValue(lines.get(1), FlowRecord.class);
        assertThat(record.source().port()).isEqualTo(3);
        assertThat(record.verdict()).isEqualTo(FlowVerdict.ALLOWED);
    }

    @Test
    void whatIsNoQuestionIsRefusedAndTheNextIsAnswered() throws IOException {
        for (String wrong : List.of("", "hello", "[{}]", "{}", "{\"flows\":1}")) {
            assertThat(Ask.ask(socket(), wrong)).as(wrong).startsWith("{\"error\":");
        }
        assertThat(ask("web-1").outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void aCallerWhoGoesAwayHarmsNobody() throws IOException {
        try (SocketChannel caller = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
            caller.write(ByteBuffer.wrap(new byte[] {'['}));
        }
        assertThat(ask("web-1").outcome()).isEqualTo(Outcome.ALLOWED);
    }

    @Test
    void onlyRootMayAsk() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutADaemonThereIsNoAnswer() {
        Objects.requireNonNull(server).close();
        assertThatThrownBy(() -> ask("web-1")).isInstanceOf(IOException.class);
    }

    @Test
    void aRefusalOfTheKernelIsSaid() throws JsonProcessingException, IOException {
        Answers refused = new Answers(
                "node1",
                (ifindex, direction, remote, bornHere, protocol, port) -> {
                    throw new KernelException("the tables change too fast");
                },
                revision -> List.of());
        refused.know(new Known(1, 1, List.of(), Map.of("shop/web-1", new Device(9, true))));
        try (QueryServer _ = QueryServer.listen(folder.resolve("other.sock"), refused, flows)) {
            LiveQuestion question = new LiveQuestion("shop", "web-1", Direction.EGRESS, "10.244.2.6", 6, 8080);
            assertThat(Ask.ask(folder.resolve("other.sock"), new JsonMapper().writeValueAsString(List.of(question))))
                    .isEqualTo("{\"error\":\"the tables change too fast\"}");
        }
    }
}
