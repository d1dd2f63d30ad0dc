package dev.heddle.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerNumberingTest {

    private static final PeerKey WEB = new PeerKey(new Who.Known("web"), null);
    private static final PeerKey API = new PeerKey(new Who.Known("api"), null);

    private final PeerNumbering numbering = new PeerNumbering(8);

    @Test
    void keysAreWhatNumbersStandFor() {
        assertThat(numbering.keys())
                .containsExactly(
                        new PeerKey(Who.WORLD, null), new PeerKey(Who.HOST, null), new PeerKey(Who.PENDING, null));
        int web = numbering.number(WEB).orElseThrow();
        int api = numbering.number(API).orElseThrow();
        assertThat(numbering.keys().get(web)).isEqualTo(WEB);
        assertThat(numbering.keys().get(api)).isEqualTo(API);

        numbering.retain(Set.of(API));
        assertThat(numbering.keys().get(web)).as("nobody has it").isNull();
        assertThat(numbering.keys().get(api)).isEqualTo(API);
    }

    @Test
    void keysAreTheSameObjectUntilANumberChanges() {
        numbering.number(WEB);
        var before = numbering.keys();
        numbering.number(WEB);
        numbering.retain(Set.of(WEB));
        assertThat(numbering.keys()).isSameAs(before);

        numbering.number(API);
        assertThat(numbering.keys()).isNotSameAs(before);
        assertThat(before).as("who has it keeps it").hasSize(4);
    }
}
