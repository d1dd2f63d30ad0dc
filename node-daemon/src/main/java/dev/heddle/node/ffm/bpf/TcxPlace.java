package dev.heddle.node.ffm.bpf;

/**
 * Where on a device's hook a program goes, among those of others. Programs run in order until one does not return
 * {@code TCX_NEXT}.
 *
 * @param expectedRevision the hook's revision ({@link Hook#revision}) this was planned for; 0 = any
 */
public record TcxPlace(int flags, int anchorProgramId, long expectedRevision) {
    private static final int BEFORE = 1 << 3;
    private static final int AFTER = 1 << 4;
    private static final int BY_ID = 1 << 5;

    /** Before everybody who is there. */
    public static TcxPlace first() {
        return new TcxPlace(BEFORE, 0, 0);
    }

    /** After everybody who is there. */
    public static TcxPlace last() {
        return new TcxPlace(AFTER, 0, 0);
    }

    public static TcxPlace before(int programId) {
        return new TcxPlace(BEFORE | BY_ID, programId, 0);
    }

    public static TcxPlace after(int programId) {
        return new TcxPlace(AFTER | BY_ID, programId, 0);
    }

    /** The same, refused with ESTALE if the hook changed since. */
    public TcxPlace atRevision(long revision) {
        return new TcxPlace(flags, anchorProgramId, revision);
    }
}
