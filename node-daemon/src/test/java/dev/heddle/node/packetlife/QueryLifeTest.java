package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.query;
import static dev.heddle.node.packetlife.Packet.unreachable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of ICMP's queries is a flow, known by its id; ICMPv6 has but echo. */
@Tag("bpf")
class QueryLifeTest {

    private static final int ID = 77;

    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private Life life;

    @BeforeEach
    void begin() {
        life = Life.of(DEVICES, Family.IPV4, Config.DEFAULT);
        life.given("web accepts nothing");
    }

    @AfterEach
    void end() {
        life.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "echo,         8,  0",
        "timestamp,    13, 14",
        "information,  15, 16",
        "address mask, 17, 18",
    })
    void whoAskedIsAnswered(String name, int question, int answer) {
        life.travels(query(answer, "db", "web", ID)).denied();
        life.travels(query(question, "web", "db", ID)).passes();
        life.travels(query(answer, "db", "web", ID)).passes();
        life.travels(query(answer, "db", "web", ID + 1)).denied();
        life.travels(query(question, "db", "web", ID)).denied();
        life.travels(unreachable("router", "web", query(question, "web", "db", ID)))
                .passes();
        life.travels(unreachable("router", "web", query(question, "web", "db", ID + 1)))
                .denied();
    }

    /** Router discovery (RFC 1256), and a type that nobody was given. */
    @ParameterizedTest
    @CsvSource({"9, 10", "10, 9", "44, 45"})
    void whatIsNoQueryIsNoFlow(int type, int other) {
        life.travels(query(type, "web", "db", ID)).passes();
        life.travels(query(other, "db", "web", ID)).denied();
    }
}
