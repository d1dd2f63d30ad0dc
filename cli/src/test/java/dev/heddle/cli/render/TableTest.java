package dev.heddle.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestText() {
        Table table = new Table("NAME", "STATE", "NODES")
                .add(List.of(Cell.of("web"), new Cell("ENFORCED", Tone.GOOD), Cell.of("2/2")))
                .below("a longer line than any of the cells above it")
                .add(List.of(Cell.of("api-to-db"), new Cell("", Tone.BAD), Cell.of("")));

        assertThat(table.text(false)).isEqualTo("""
                NAME        STATE      NODES
                web         ENFORCED   2/2
                  a longer line than any of the cells above it
                api-to-db
                """);
    }

    @Test
    void coloursDoNotMoveColumns() {
        Table table = new Table("A", "B").add(List.of(new Cell("bad", Tone.BAD), Cell.of(1)));

        assertThat(table.text(true)).isEqualTo("A     B\n\033[31mbad\033[0m   1\n");
    }

    @Test
    void aTableWithoutRowsIsEmpty() {
        assertThat(new Table("A").isEmpty()).isTrue();
        assertThat(new Table("A").add(List.of(Cell.of(""))).isEmpty()).isFalse();
    }
}
