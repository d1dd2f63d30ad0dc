package dev.heddle.node;

import java.util.function.IntSupplier;

/**
 * Gives back the memory that a burst of changes took, once nothing changes any more. The serial collector does that in full
 * collections only, and starts none by itself while the heap's limit is far.
 */
final class IdleHeap implements Runnable {

    /** How much of the heap may be garbage before it is worth a pause. */
    private static final double GROWTH = 1.25;

    private final IntSupplier revision;
    private int lastRevision;
    private long live;

    /** @param revision changes with every change that the loop makes */
    IdleHeap(IntSupplier revision) {
        this.revision = revision;
    }

    /** Called from time to time: collects if nothing changed since the last time. */
    @Override
    public void run() {
        int now = revision.getAsInt();
        if (now == lastRevision && now != 0 && used() > GROWTH * live) {
            System.gc();
            live = used();
        }
        lastRevision = now;
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
