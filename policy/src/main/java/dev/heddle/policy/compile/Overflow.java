package dev.heddle.policy.compile;

/** A table is too small for the rules as they are; caught by {@link Compiler}, which closes the heaviest. */
final class Overflow extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What ran out. */
    enum Table {
        ROWS,
        CELLS,
        RANGES
    }

    private final Table table;

    Overflow(Table table) {
        super(table.name(), null, false, false);
        this.table = table;
    }

    Table table() {
        return table;
    }
}
