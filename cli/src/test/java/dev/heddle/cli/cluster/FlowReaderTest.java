package dev.heddle.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cli.failure.NoAnswerException;
import dev.heddle.cli.flows.NodeFlows;
import dev.heddle.crds.live.FlowEnd;
import dev.heddle.crds.live.FlowRecord;
import dev.heddle.crds.live.FlowVerdict;
import dev.heddle.crds.live.FlowsHeld;
import dev.heddle.crds.live.FlowsHeld.Held;
import dev.heddle.crds.live.Party;
import dev.heddle.policy.rule.Direction;
import dev.heddle.policy.rule.Origin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon's lines of JSON as they come through exec. */
class FlowReaderTest {

    private static final String HELD = """
            {"node":"node1","matching":9,"held":[{"verdict":"DROPPED","records":9,"since":"2026-01-01T00:00:00.000Z",\
            "overwritten":1,"suppressed":2,"lost":3}]}
            """;

    @Test
    void theFirstLineSaysWhatIsHeldAndEachOtherIsARecord() {
        String record = """
                {"time":"2026-01-01T00:00:01.000Z","verdict":"DROPPED","direction":"INGRESS","reason":"policy denied",\
                "source":{"address":"fd00::5","port":40000,"who":{"kind":"WORLD","range":"fd00::/64"}},\
                "destination":{"address":"fd00::6","port":80,"who":{"kind":"POD","namespace":"shop","pod":"api-1",\
                "labels":{"app":"api"}}},"protocol":6,"rule":{"kind":"NetworkPolicy","namespace":"shop","name":"api",\
                "generation":3,"field":"spec.podSelector"},"why":"","revision":7,"unsaid":4,"ofAnotherVersion":true}
                """;
        assertThat(FlowReader.read("node1", HELD + record))
                .isEqualTo(new NodeFlows.Answered(
                        "node1",
                        new FlowsHeld(
                                "node1",
                                9,
                                List.of(new Held(FlowVerdict.DROPPED, 9, "2026-01-01T00:00:00.000Z", 1, 2, 3))),
                        List.of(new FlowRecord(
                                "2026-01-01T00:00:01.000Z",
                                FlowVerdict.DROPPED,
                                Direction.INGRESS,
                                "policy denied",
                                new FlowEnd("fd00::5", 40000, Party.WORLD.in("fd00::/64")),
                                new FlowEnd(
                                        "fd00::6",
                                        80,
                                        new Party(
                                                Party.Kind.POD,
                                                "shop",
                                                "api-1",
                                                new TreeMap<>(Map.of("app", "api")),
                                                null)),
                                6,
                                new Origin("NetworkPolicy", "shop", "api", 3, "spec.podSelector"),
                                "",
                                7,
                                4))));
    }

    /** The daemon's words are kept; a daemon of before flows, and one that speaks otherwise, are told apart from that. */
    @Test
    void anErrorIsTheDaemonsOwnWord() {
        assertThatThrownBy(() -> FlowReader.read("node1", "{\"error\":\"this is no question\"}"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessage("its daemon says: this is no question");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "{\"node\":\"node1\",\"generation\":3,\"verdicts\":[]}", HELD + "hello"})
    void whatIsNoAnswerIsNotUnderstood(String answer) {
        assertThatThrownBy(() -> FlowReader.read("node1", answer))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("of different versions");
    }
}
