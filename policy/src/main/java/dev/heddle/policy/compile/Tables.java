package dev.heddle.policy.compile;

/**
 * The arrays of an image, in the kernel's element sizes. Never changed after they are built; {@link Image}
 * gives out read-only views.
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked; copies of megabytes would be wasted
record Tables(int classes, int portClasses, char[] peerClass, char[] portClass, char[] rows, int[] cells) {

    int cell(int subject, int peerClassOfPeer, int slot, int port) {
        int row = rows[subject * classes + peerClassOfPeer];
        return cells[row * portClasses + portClass[(slot << 16) + port]];
    }

    boolean open(int subject) {
        for (int peerClassOfPeer = 0; peerClassOfPeer < classes; peerClassOfPeer++) {
            int row = rows[subject * classes + peerClassOfPeer];
            for (int cell = row * portClasses; cell < (row + 1) * portClasses; cell++) {
                if (!Verdict.ofCell(cells[cell]).accepted()) {
                    return false;
                }
            }
        }
        return true;
    }
}
