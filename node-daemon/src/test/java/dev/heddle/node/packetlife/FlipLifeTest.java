package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One packet, two hooks, and perhaps a flip between them: one revision decides. */
@ParameterizedClass(name = "{0}")
@EnumSource(Family.class)
@Tag("bpf")
class FlipLifeTest {
    private static final String[] BY_EGRESS = {"web reaches tcp 8080 at api"};
    private static final String[] BY_INGRESS = {"api accepts tcp 8080 from web"};

    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private final Family family;
    private final Life life;

    FlipLifeTest(Family family) {
        this.family = family;
        life = Life.of(DEVICES, family, Config.DEFAULT);
    }

    @AfterEach
    void end() {
        life.close();
    }

    @Test
    void theFirstHookStampsItsRevision() {
        life.leaves(tcp("web:40000", "api:8080").syn()).passes();
        int first = life.stamp();
        life.given(BY_EGRESS);
        life.leaves(tcp("web:40001", "api:8080").syn()).passes();
        assertThat(life.stamp() - first).isEqualTo(1);
        assertThat(life.stamp() & 0x8000).isNotZero();
    }

    /**
     * The old policy stops the packet at the receiver, the new one at the sender. Half of each would let it through:
     * the old sender's half and the new receiver's.
     */
    @Test
    void aPacketThatBothPoliciesDenyDoesNotSlipBetweenThem() {
        life.given(BY_INGRESS);
        Packet syn = tcp("web:40000", "api:9090").syn();
        life.leaves(syn).passes();
        life.given(BY_EGRESS);
        life.arrives(syn).denied();
    }

    @Test
    void withoutAFlipTheSenderIsNotAskedAgain() {
        life.given(BY_EGRESS);
        Packet syn = tcp("web:40000", "api:8080").syn();
        life.leaves(syn).passes();
        life.arrives(syn).passes();
    }

    @Test
    void aPacketThatTheNewPolicyAllowsPassesAfterAFlip() {
        life.given(BY_INGRESS);
        Packet syn = tcp("web:40000", "api:8080").syn();
        life.leaves(syn).passes();
        life.given(BY_EGRESS);
        life.arrives(syn).passes();
    }

    /** What the sender may send only as a reply is a reply for the second hook as well. */
    @Test
    void aReplyOfTheSenderIsStillOneAfterAFlip() {
        life.given("api reaches nothing");
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        Packet synAck = tcp("api:8080", "web:40000").synAck();
        life.leaves(synAck).passes();
        life.given("api reaches nothing", "web accepts tcp 22 from db");
        life.arrives(synAck).passes();
    }

    /** The second hook knows only the backend. */
    @Test
    void whatWasTranslatedAtTheFirstHookIsJudgedAgainAsWell() {
        life.services().lead(Packet.TCP, "vip:80", 1, "api:8080");
        Packet asked = tcp("web:40000", "vip:80").syn();
        Packet translated = tcp("web:40000", "api:8080").syn();
        life.leaves(asked).passes();
        life.given("web reaches tcp 80 at api");
        life.arrives(translated).denied();

        life.given();
        life.leaves(asked).passes();
        life.given(BY_EGRESS);
        life.arrives(translated).passes();
    }

    @Test
    void anAnswerOfABackendIsStillOneOfTheServiceAfterAFlip() {
        life.services().lead(Packet.TCP, "vip:80", 1, "api:8080");
        life.leaves(tcp("web:40000", "vip:80").syn()).passes();
        life.given("web accepts nothing");
        life.arrives(tcp("web:40000", "api:8080").syn()).passes();
        Packet synAck = tcp("api:8080", "web:40000").synAck();
        life.leaves(synAck).passes();
        life.given("web accepts nothing", "web reaches tcp 8080 at api");
        life.arrives(synAck).passes();
        assertThat(life.left())
                .as("what the pod gets")
                .isNotEqualTo(synAck.over(family).bytes());
        life.leaves(synAck).passes();
        life.given("api accepts nothing", "api reaches nothing");
        life.arrives(synAck).denied();
    }

    @Test
    void everyFlipMovesTheVerdictAsAWhole() {
        for (int i = 0; i < 200; i++) {
            life.given(BY_INGRESS);
            life.travels(tcp("db:40000", "api:8080").syn()).denied();
            life.travels(tcp("web:40000", "db:5432").syn()).passes();
            life.given(BY_EGRESS);
            life.travels(tcp("db:40000", "api:8080").syn()).passes();
            life.travels(tcp("web:40000", "db:5432").syn()).denied();
        }
    }
}
