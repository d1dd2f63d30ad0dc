package dev.heddle.node.ffm;

/** A compiled object could not be opened or loaded; carries the verifier's log when there is one. */
public final class ObjectException extends KernelException {
    private static final long serialVersionUID = 1;

    private final String verifierLog;

    public ObjectException(String operation, int errno, String object, String advice, String verifierLog) {
        super(operation, errno, object, advice + (verifierLog.isEmpty() ? "" : "\n" + verifierLog));
        this.verifierLog = verifierLog;
    }

    /** Its last lines, which hold the reason; empty if the verifier was not reached. */
    public String verifierLog() {
        return verifierLog;
    }
}
