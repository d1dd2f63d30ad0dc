package dev.heddle.policy.compile;

import java.util.BitSet;
import java.util.List;

/**
 * What an image's tables decide, without who decided: rows and classes that only the deciding rule tells apart fall
 * together. So there are as many as there are different verdicts, with ten rules or ten thousand, and never more than of
 * the tables that they are made from.
 *
 * @param classes verdict classes: the stride of {@code rows}
 * @param ofClass verdict class of each peer class
 * @param peerClass verdict class of each peer id
 * @param rows row id by {@code subject * classes + verdict class}
 * @param cells action, 0 deny or 1 allow, by {@code row id * port classes + port class}
 */
@SuppressWarnings("ArrayRecordComponent") // as Tables
record Verdicts(int classes, char[] ofClass, char[] peerClass, char[] rows, byte[] cells) {

    private static final byte ALLOW = 1;

    /** The parameters are those of {@link Tables}. */
    static Verdicts of(int classes, int portClasses, char[] peerClass, char[] rows, int[] cells) {
        Interned<BitSet> distinctRows = new Interned<>();
        char[] ofRow = new char[cells.length / portClasses];
        for (int row = 0; row < ofRow.length; row++) {
            ofRow[row] = (char) distinctRows.index(allowed(cells, row * portClasses, portClasses));
        }
        Interned<Numbers> columns = new Interned<>();
        char[] ofClass = new char[classes];
        for (int at = 0; at < classes; at++) {
            ofClass[at] = (char) columns.index(column(rows, ofRow, at, classes));
        }
        char[] ofPeer = new char[peerClass.length];
        for (int peer = 0; peer < ofPeer.length; peer++) {
            ofPeer[peer] = ofClass[peerClass[peer]];
        }
        char[] distinct = rows(columns.values(), rows.length / classes);
        return new Verdicts(columns.size(), ofClass, ofPeer, distinct, cells(distinctRows.values(), portClasses));
    }

    /** The port classes that a row allows. */
    private static BitSet allowed(int[] cells, int from, int count) {
        long[] allowed = new long[(count + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < count; i++) {
            if (Verdict.accepts(cells[from + i])) {
                allowed[i / Long.SIZE] |= 1L << i;
            }
        }
        return BitSet.valueOf(allowed);
    }

    /** What all subjects say of one class. */
    private static Numbers column(char[] rows, char[] ofRow, int peerClass, int classes) {
        int[] column = new int[rows.length / classes];
        for (int subject = 0; subject < column.length; subject++) {
            column[subject] = ofRow[rows[subject * classes + peerClass]];
        }
        return new Numbers(column);
    }

    private static char[] rows(List<Numbers> columns, int subjects) {
        char[] rows = new char[subjects * columns.size()];
        for (int at = 0; at < columns.size(); at++) {
            for (int subject = 0; subject < subjects; subject++) {
                rows[subject * columns.size() + at] = (char) columns.get(at).all()[subject];
            }
        }
        return rows;
    }

    private static byte[] cells(List<BitSet> rows, int portClasses) {
        byte[] cells = new byte[rows.size() * portClasses];
        for (int row = 0; row < rows.size(); row++) {
            BitSet allowed = rows.get(row);
            for (int at = allowed.nextSetBit(0); at >= 0; at = allowed.nextSetBit(at + 1)) {
                cells[row * portClasses + at] = ALLOW;
            }
        }
        return cells;
    }

    boolean accepts(int subject, int peer, int portClass, int portClasses) {
        return cells[rows[subject * classes + peerClass[peer]] * portClasses + portClass] == ALLOW;
    }

    /** The subjects that accept every peer and port. */
    BitSet openSubjects(int portClasses) {
        BitSet openRows = new BitSet();
        for (int row = 0; row < cells.length / portClasses; row++) {
            openRows.set(row, isOpen(row * portClasses, portClasses));
        }
        BitSet open = new BitSet();
        for (int subject = 0; subject < rows.length / classes; subject++) {
            open.set(subject, isOpen(openRows, subject * classes));
        }
        return open;
    }

    private boolean isOpen(int from, int count) {
        for (int cell = from; cell < from + count; cell++) {
            if (cells[cell] != ALLOW) {
                return false;
            }
        }
        return true;
    }

    private boolean isOpen(BitSet openRows, int from) {
        for (int at = from; at < from + classes; at++) {
            if (!openRows.get(rows[at])) {
                return false;
            }
        }
        return true;
    }
}
