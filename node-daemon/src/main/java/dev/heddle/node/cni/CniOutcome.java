package dev.heddle.node.cni;

/** What the daemon says to one CNI request. */
public sealed interface CniOutcome {
    /** It is done; for ADD the previous result becomes the result, unchanged. */
    record Done() implements CniOutcome {}

    /**
     * It is not done.
     *
     * @param message one line for people
     * @param details more for people, may be empty
     */
    record Failed(CniErrorCode code, String message, String details) implements CniOutcome {}

    /** Done. */
    static CniOutcome done() {
        return new Done();
    }

    /** Not done now; the runtime is asked to come again. */
    static CniOutcome tryAgain(String message) {
        return new Failed(CniErrorCode.TRY_AGAIN, message, "");
    }

    /** Not done, and coming again with the same will not help. */
    static CniOutcome failed(CniErrorCode code, String message) {
        return new Failed(code, message, "");
    }
}
