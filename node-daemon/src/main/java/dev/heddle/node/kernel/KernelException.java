package dev.heddle.node.kernel;

/** The kernel refused something; the message says what, why and what to do. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KernelException(String message, Throwable cause) {
        super(message, cause);
    }

    public KernelException(String message) {
        super(message);
    }
}
