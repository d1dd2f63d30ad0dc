package dev.heddle.cli.render;

/** A text of a table, in one line. */
public record Cell(String text, Tone tone) {

    /** A cell without a tone. */
    public static Cell of(Object value) {
        return new Cell(String.valueOf(value), Tone.PLAIN);
    }
}
