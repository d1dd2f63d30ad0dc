package dev.heddle.node.ffm;

/** The bpf(2) system call failed. */
public final class BpfException extends KernelException {
    private static final long serialVersionUID = 1;

    public BpfException(String operation, int errno, String object, String advice) {
        super(operation, errno, object, advice);
    }
}
