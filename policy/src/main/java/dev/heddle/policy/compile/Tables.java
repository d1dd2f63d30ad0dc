package dev.heddle.policy.compile;

import java.util.BitSet;

/**
 * The arrays of an image, in the kernel's element sizes. Never changed after they are built; {@link Image}
 * gives out read-only views.
 *
 * @param openSubjects that accept every peer and port
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked; copies of megabytes would be wasted
record Tables(
        int classes,
        int portClasses,
        char[] peerClass,
        char[] portClass,
        char[] rows,
        int[] cells,
        BitSet openSubjects) {

    static Tables of(int classes, int portClasses, char[] peerClass, char[] portClass, char[] rows, int[] cells) {
        BitSet openRows = new BitSet();
        for (int row = 0; row < cells.length / portClasses; row++) {
            openRows.set(row, isOpen(cells, row * portClasses, portClasses));
        }
        BitSet openSubjects = new BitSet();
        for (int subject = 0; subject < rows.length / classes; subject++) {
            openSubjects.set(subject, isOpen(openRows, rows, subject * classes, classes));
        }
        return new Tables(classes, portClasses, peerClass, portClass, rows, cells, openSubjects);
    }

    private static boolean isOpen(int[] cells, int from, int count) {
        for (int cell = from; cell < from + count; cell++) {
            if (!Verdict.accepts(cells[cell])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpen(BitSet openRows, char[] rows, int from, int count) {
        for (int at = from; at < from + count; at++) {
            if (!openRows.get(rows[at])) {
                return false;
            }
        }
        return true;
    }

    int cell(int subject, int peerClassOfPeer, int slot, int port) {
        int row = rows[subject * classes + peerClassOfPeer];
        return cells[row * portClasses + portClass[(slot << 16) + port]];
    }

    boolean open(int subject) {
        return openSubjects.get(subject);
    }
}
