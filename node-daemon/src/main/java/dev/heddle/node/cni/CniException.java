package dev.heddle.node.cni;

/** A request that cannot be served as it is; the runtime gets the code and the message. */
final class CniException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CniErrorCode code;

    CniException(CniErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    CniOutcome outcome() {
        return CniOutcome.failed(code, String.valueOf(getMessage()));
    }
}
