package dev.heddle.policy.compile;

import java.util.BitSet;

/**
 * The arrays of an image, in the kernel's element sizes. Never changed after they are built; {@link Image}
 * gives out read-only views.
 *
 * @param verdicts what all this says but for the deciding rules
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
        Verdicts verdicts,
        BitSet openSubjects) {

    static Tables of(int classes, int portClasses, char[] peerClass, char[] portClass, char[] rows, int[] cells) {
        Verdicts verdicts = Verdicts.of(classes, portClasses, peerClass, rows, cells);
        return new Tables(
                classes, portClasses, peerClass, portClass, rows, cells, verdicts, verdicts.openSubjects(portClasses));
    }

    /** As a program decides, and as a record says by which rule. */
    Verdict judge(int subject, int peer, int slot, int port) {
        int portClassOfPort = portClass[(slot << 16) + port];
        int row = rows[subject * classes + peerClass[peer]];
        return new Verdict(
                verdicts.accepts(subject, peer, portClassOfPort, portClasses),
                Verdict.ofCell(cells[row * portClasses + portClassOfPort]).rule());
    }

    boolean open(int subject) {
        return openSubjects.get(subject);
    }
}
