package dev.heddle.node.ffm;

import dev.heddle.node.ffm.sys.Errno;

/**
 * The kernel refused something. Carries what was asked, of what, the error's number and what the user can do about it;
 * the message says all four.
 */
public abstract sealed class KernelException extends RuntimeException
        permits SyscallException, BpfException, NetlinkException, ObjectException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final int errno;
    private final String object;
    private final String advice;

    /**
     * @param operation the system call or library function, for example {@code LINK_UPDATE}
     * @param errno positive, 0 if there was none
     * @param object what it was about: a path, a map's name, a device
     * @param advice what the user can do; empty when nothing is known
     */
    protected KernelException(String operation, int errno, String object, String advice) {
        super(operation + " of " + object
                + (errno == 0 ? "" : ": " + Errno.name(errno))
                + (advice.isEmpty() ? "" : ": " + advice));
        this.operation = operation;
        this.errno = errno;
        this.object = object;
        this.advice = advice;
    }

    public final String operation() {
        return operation;
    }

    /** One of the constants of {@link Errno}; 0 if the kernel gave none. */
    public final int errno() {
        return errno;
    }

    public final String object() {
        return object;
    }

    public final String advice() {
        return advice;
    }
}
