package dev.heddle.cli.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a header, their columns aligned to the left, as kubectl prints them. */
public final class Table {

    private static final String GAP = "   ";
    private static final String INDENT = "  ";

    private final List<List<Cell>> rows = new ArrayList<>();
    private final List<List<String>> below = new ArrayList<>();

    public Table(String... header) {
        add(Arrays.stream(header).map(Cell::of).toList());
    }

    public Table add(List<Cell> row) {
        rows.add(List.copyOf(row));
        below.add(new ArrayList<>());
        return this;
    }

    /** A line below the last row, indented, of any length. */
    public Table below(String line) {
        below.getLast().add(line);
        return this;
    }

    /** Whether there is nothing but the header. */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    public String text(boolean colours) {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append(line(rows.get(i), widths, colours)).append('\n');
            for (String line : below.get(i)) {
                text.append(INDENT).append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static String line(List<Cell> row, int[] widths, boolean colours) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            Cell cell = row.get(column);
            line.append(cell.tone().paint(cell.text(), colours));
            if (column < row.size() - 1) {
                line.append(" ".repeat(widths[column] - cell.text().length())).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    private int[] widths() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<Cell> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).text().length());
            }
        }
        return widths;
    }
}
