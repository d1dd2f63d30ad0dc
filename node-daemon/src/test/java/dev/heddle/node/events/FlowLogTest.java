package dev.heddle.node.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.live.FlowEnd;
import dev.heddle.crds.live.FlowQuestion;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.FlowsHeld.Held;
import dev.heddle.crds.live.Party;
import dev.heddle.node.apply.Counters;
import dev.heddle.node.kernel.Address;
import dev.heddle.node.kernel.PacketEvent;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pod api-1 of this node has device 7; web is at 10.0.0.1, peer 3, and asks it at port 80. */
class FlowLogTest {

    private static final Origin FIRST = new Origin("NetworkPolicy", "shop", "api", 1, "spec.ingress[0]");
    private static final Origin SECOND = FIRST.at("spec.podSelector");
    private static final Party WEB = pod("web", null);
    private static final Party API = pod("api", "api-1");
    private static final Address API_ADDRESS = Address.parse("10.0.0.2");
    private static final OwnPods PODS = new OwnPods(Map.of(7, API), Map.of(API_ADDRESS, API));
    private static final long SECONDS = 1_000_000_000;
    private static final FlowQuestion EVERYTHING = new FlowQuestion(null, null, List.of(), null, 0, 0);

    private long now = 100 * SECONDS;
    private Map<Integer, List<Origin>> kept = Map.of();
    private final FlowLog log = new FlowLog(
            "node1",
            () -> java.time.Instant.ofEpochSecond(0, now),
            () -> now,
            revision -> kept.getOrDefault(revision, List.of()),
            () -> List.of(new Counters.Lost("dropped", 3, 4), new Counters.Lost("allowed", 5, 6)));

    private static Party pod(String app, @Nullable String name) {
        return new Party(Party.Kind.POD, "shop", name, new TreeMap<>(Map.of("app", app)), null);
    }

    private void know(int revision, List<Origin> rules) {
        log.know(new Meaning(revision, rules, List.of(Party.WORLD, Party.HOST, Party.PENDING, WEB)), PODS);
    }

    private PacketEvent toApi(boolean dropped, int rule, int peer, int revision) {
        return new PacketEvent(
                now,
                Direction.INGRESS,
                dropped,
                "policy denied",
                Address.parse("10.0.0.1"),
                40000,
                API_ADDRESS,
                80,
                6,
                rule,
                peer,
                revision,
                7,
                2);
    }

    private List<FlowRecord> all() {
        return log.answer(EVERYTHING).records();
    }

    private FlowRecord only() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    @Test
    void aRecordNamesBothEndsAndTheRule() {
        know(5, List.of(FIRST, SECOND));
        log.accept(toApi(true, 2, 3, 5));
        assertThat(only())
                .isEqualTo(new FlowRecord(
                        "1970-01-01T00:01:40.000Z",
                        FlowVerdict.DROPPED,
                        Direction.INGRESS,
                        "policy denied",
                        new FlowEnd("10.0.0.1", 40000, WEB),
                        new FlowEnd("10.0.0.2", 80, API),
                        6,
                        SECOND,
                        "",
                        5,
                        2));
    }

    @Test
    void whereNoRuleDecidesNoneIsNamed() {
        know(5, List.of(FIRST));
        log.accept(toApi(false, 0, 0, 5));
        assertThat(only()).satisfies(record -> {
            assertThat(record.verdict()).isEqualTo(FlowVerdict.ALLOWED);
            assertThat(record.reason()).isEmpty();
            assertThat(record.rule()).isNull();
            assertThat(record.why()).isEqualTo("no rule decides");
            assertThat(record.source().who()).isEqualTo(Party.WORLD);
        });
    }

    /** The world has a number, and so has nobody. */
    @Test
    void whoWasNotAskedForIsUnknown() {
        know(5, List.of(FIRST));
        log.accept(toApi(true, 0, PacketEvent.NOT_ASKED, 5));
        assertThat(only().source().who()).isEqualTo(Party.UNKNOWN);
        assertThat(only().why()).isEmpty();
    }

    @Test
    void whatARecordNamesOutlivesItsRevisionAndItsPod() {
        know(5, List.of(FIRST));
        log.accept(toApi(true, 1, 3, 5));
        FlowRecord before = only();
        for (int revision = 6; revision < 20; revision++) {
            log.know(new Meaning(revision, List.of(SECOND), List.of()), OwnPods.NONE);
        }
        assertThat(only()).isEqualTo(before);
    }

    @Test
    void aRecordThatComesBeforeItsRevisionIsNamedAsSoonAsThatIsKnown() {
        know(5, List.of(SECOND, SECOND));
        log.accept(toApi(true, 1, 3, 6));
        assertThat(only()).satisfies(record -> {
            assertThat(record.rule()).as("not by revision 5").isNull();
            assertThat(record.why()).isEqualTo("rule 1 of revision 6, of which the daemon does not know the object");
            assertThat(record.source().who()).isEqualTo(Party.UNKNOWN);
        });
        know(6, List.of(FIRST));
        assertThat(only().rule()).isEqualTo(FIRST);
        assertThat(only().source().who()).isEqualTo(WEB);
        assertThat(only().why()).isEmpty();
    }

    @Test
    void aRecordThatComesLateIsNamedByItsOwnRevision() {
        know(5, List.of(FIRST));
        know(6, List.of(SECOND));
        log.accept(toApi(true, 1, 3, 5));
        assertThat(only().rule()).isEqualTo(FIRST);
    }

    @Test
    void aPeerOrAPodThatComesDuringARevisionIsNamed() {
        log.know(new Meaning(5, List.of(FIRST), List.of(Party.WORLD, Party.HOST, Party.PENDING)), OwnPods.NONE);
        log.accept(toApi(true, 1, 3, 5));
        assertThat(only().source().who()).isEqualTo(Party.UNKNOWN);
        assertThat(only().destination().who()).isEqualTo(Party.UNKNOWN);
        know(5, List.of(FIRST));
        assertThat(only().source().who()).isEqualTo(WEB);
        assertThat(only().destination().who()).isEqualTo(API);
    }

    @Test
    void ofARevisionOfAnEarlierDaemonTheRulesAreThoseThatWereKept() {
        kept = Map.of(4, List.of(FIRST));
        know(5, List.of(SECOND));
        log.accept(toApi(true, 1, 3, 4));
        assertThat(only().rule()).isEqualTo(FIRST);
        assertThat(only().source().who())
                .as("its peers have numbers of their own")
                .isEqualTo(Party.UNKNOWN);
    }

    @Test
    void beforeTheFirstRoundTheRulesAreThoseThatWereKeptToo() {
        kept = Map.of(4, List.of(FIRST));
        log.accept(toApi(true, 1, 3, 4));
        log.accept(toApi(true, 1, 3, 5)); // flipped, and not told yet
        assertThat(all()).extracting(FlowRecord::rule).containsExactly(FIRST, null);
        know(5, List.of(SECOND));
        assertThat(all()).extracting(FlowRecord::rule).containsExactly(FIRST, SECOND);
        assertThat(all()).extracting(record -> record.destination().who()).containsExactly(API, API);
    }

    @Test
    void ofARevisionThatNobodyKeptNothingIsGuessed() {
        know(5, List.of(SECOND));
        log.accept(toApi(true, 1, 3, 4));
        assertThat(only().rule()).isNull();
        assertThat(only().why()).startsWith("rule 1 of revision 4, of which");
    }

    @Test
    void aPodOfThisNodeIsNamedAtTheOtherEndIfTheTablesMeanIt() {
        Party web1 = pod("web", "web-1");
        OwnPods both = new OwnPods(Map.of(7, API), Map.of(Address.parse("10.0.0.1"), web1));
        log.know(
                new Meaning(5, List.of(), List.of(Party.WORLD, Party.HOST, Party.PENDING, WEB, pod("cat", null))),
                both);
        log.accept(toApi(false, 0, 3, 5));
        log.accept(toApi(false, 0, 4, 5));
        log.accept(toApi(false, 0, 2, 5));
        assertThat(all())
                .extracting(record -> record.source().who())
                .containsExactly(web1, pod("cat", null), Party.PENDING);
    }

    @Test
    void timeIsThatOfThePacket() {
        know(5, List.of());
        PacketEvent event = toApi(true, 0, 3, 5);
        now += 70 * SECONDS / 1000;
        log.accept(event);
        assertThat(only().time()).isEqualTo("1970-01-01T00:01:40.000Z");
    }

    @Test
    void theNewestAreHeldAndTheRestIsCounted() {
        know(5, List.of());
        log.accept(toApi(true, 0, 3, 5));
        for (int i = 0; i < FlowLog.MOST + 10; i++) {
            now += SECONDS / 1000;
            log.accept(toApi(false, 0, 3, 5));
        }
        FlowLog.Answer answer = log.answer(EVERYTHING);
        assertThat(answer.records()).hasSize(FlowLog.MOST + 1);
        assertThat(answer.records().getFirst().verdict())
                .as("flows drive out no drop")
                .isEqualTo(FlowVerdict.DROPPED);
        assertThat(answer.held().matching()).isEqualTo(FlowLog.MOST + 1);
        assertThat(answer.held().held())
                .containsExactly(
                        new Held(FlowVerdict.ALLOWED, FlowLog.MOST, "1970-01-01T00:01:40.011Z", 10, 5, 6),
                        new Held(FlowVerdict.DROPPED, 1, "1970-01-01T00:01:40.000Z", 0, 3, 4));
        assertThat(log.heard().overwritten()).isEqualTo(Map.of("allowed", 10L, "dropped", 0L));
        assertThat(log.heard().records())
                .containsExactly(
                        new FlowLog.Count("ingress", "allowed", FlowLog.MOST + 10),
                        new FlowLog.Count("egress", "allowed", 0),
                        new FlowLog.Count("ingress", "dropped", 1),
                        new FlowLog.Count("egress", "dropped", 0));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, -, 0, 0, 1 2 3",
                "shop, -, -, -, 0, 0, 1 2 3",
                "data, -, -, -, 0, 0, ''",
                "shop, api-1, -, -, 0, 0, 1 2 3",
                "shop, web-1, -, -, 0, 0, ''",
                "shop, web-1, 10.0.0.1, -, 0, 0, 1 2 3",
                "-, -, -, DROPPED, 0, 0, 2",
                "-, -, -, ALLOWED, 0, 0, 1 3",
                "-, -, -, -, 15, 0, 2 3",
                "-, -, -, -, 0, 1, 3"
            })
    void questionsChooseRecords(
            @Nullable String namespace,
            @Nullable String pod,
            @Nullable String address,
            @Nullable FlowVerdict verdict,
            long seconds,
            int most,
            String chosen) {
        know(5, List.of());
        log.accept(numbered(1, false));
        now += 10 * SECONDS;
        log.accept(numbered(2, true));
        now += 10 * SECONDS;
        log.accept(numbered(3, false));
        List<String> addresses = address == null ? List.of() : List.of(address);
        FlowLog.Answer answer = log.answer(new FlowQuestion(namespace, pod, addresses, verdict, seconds, most));
        assertThat(answer.records())
                .extracting(record -> String.valueOf(record.source().port()))
                .containsExactlyElementsOf(chosen.isEmpty() ? List.of() : List.of(chosen.split(" ", -1)));
        assertThat(answer.held().matching())
                .isEqualTo(most == 1 ? 3 : answer.records().size());
    }

    private PacketEvent numbered(int port, boolean dropped) {
        PacketEvent event = toApi(dropped, 0, 3, 5);
        return new PacketEvent(
                now,
                event.direction(),
                dropped,
                event.reason(),
                event.source(),
                port,
                event.destination(),
                event.destinationPort(),
                event.protocol(),
                event.rule(),
                event.peer(),
                event.revision(),
                event.ifindex(),
                0);
    }
}
