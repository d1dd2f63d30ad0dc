package dev.heddle.node.packetlife;

import static dev.heddle.node.packetlife.Packet.tcp;
import static dev.heddle.node.packetlife.Packet.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.ffm.layout.Abi;
import dev.heddle.node.ffm.layout.DropReason;
import dev.heddle.node.ffm.layout.EventLayout;
import dev.heddle.node.ffm.layout.EventTokensLayout;
import dev.heddle.node.ffm.ring.RingReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is heard of drops: each, until there are too many; then how many were not said. */
@Tag("bpf")
class EventLifeTest {
    @RegisterExtension
    static final Devices DEVICES = new Devices();

    private static final int LIMIT = 2;

    private Life life = Life.of(DEVICES, Config.DEFAULT.withDropEvents(LIMIT));
    private RingReader events = life.events();

    @BeforeEach
    void given() {
        life.given("api accepts tcp 8080 from web");
    }

    private void restart(Config config) {
        end();
        life = Life.of(DEVICES, config);
        events = life.events();
        given();
    }

    @AfterEach
    void end() {
        events.close();
        life.close();
    }

    @Test
    void aDropIsSaidWithItsReason() {
        life.travels(tcp("web:40000", "api:8080").syn()).passes();
        life.travels(tcp("web:40000", "api:9090").syn()).denied();
        life.leaves(udp("web:1", "db:53").claimingAddressOf("api")).dropped(DropReason.SPOOFED_ADDRESS);

        assertThat(reasons()).containsExactly(DropReason.POLICY_DENIED, DropReason.SPOOFED_ADDRESS);
    }

    /** The limit is each CPU's own, and a CPU says what it left out with its own next record. */
    @Test
    void beyondTheLimitDropsAreCountedAndSaidWithTheNext() throws InterruptedException {
        int drops = LIMIT * Runtime.getRuntime().availableProcessors() + 3;
        for (int i = 0; i < drops; i++) {
            drop();
        }
        List<Integer> said = new ArrayList<>(suppressed());
        assertThat(said).hasSizeBetween(LIMIT, drops - 3).containsOnly(0);

        int leftOut = drops - said.size();
        for (int tries = 0; leftOut > 0 && tries < 10_000; tries++) {
            life.node().nextSecond();
            Thread wherever = Thread.ofPlatform().start(this::drop); // a new thread begins on whichever CPU is free
            wherever.join();
            List<Integer> next = suppressed();
            assertThat(next).hasSize(1);
            leftOut -= next.getFirst();
        }
        assertThat(leftOut).isZero();
        assertThat(life.node().lostRecords(Abi.VERDICT_DROPPED, EventTokensLayout.LIMITED))
                .isEqualTo(drops - said.size());
        assertThat(life.node().lostRecords(Abi.VERDICT_DROPPED, EventTokensLayout.LOST))
                .isZero();
    }

    @Test
    void recordsThatFindNoRoomAreCounted() {
        restart(Config.DEFAULT.withDropEvents(1000).withRing(4096));
        for (int i = 0; i < 100; i++) {
            drop();
        }
        int heard = reasons().size();
        assertThat(heard).isBetween(1, 99);
        assertThat(life.node().lostRecords(Abi.VERDICT_DROPPED, EventTokensLayout.LOST))
                .isEqualTo(100 - heard);
        assertThat(life.node().lostRecords(Abi.VERDICT_DROPPED, EventTokensLayout.LIMITED))
                .isZero();

        drop();
        assertThat(reasons()).as("there is room again").hasSize(1);
    }

    private void drop() {
        life.travels(tcp("web:40000", "api:9090").syn()).denied();
    }

    private List<DropReason> reasons() {
        List<DropReason> found = new ArrayList<>();
        events.drain(record -> found.add(DropReason.of(record.getByte(EventLayout.REASON))));
        return found;
    }

    private List<Integer> suppressed() {
        List<Integer> found = new ArrayList<>();
        events.drain(record -> found.add(record.getInt(EventLayout.SUPPRESSED)));
        return found;
    }
}
