package dev.heddle.node.ffm;

/** A plain system call failed. */
public final class SyscallException extends KernelException {
    private static final long serialVersionUID = 1;

    public SyscallException(String operation, int errno, String object, String advice) {
        super(operation, errno, object, advice);
    }
}
