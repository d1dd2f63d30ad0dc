package dev.heddle.node.ffm;

/** The kernel answered a netlink request with an error. */
public final class NetlinkException extends KernelException {
    private static final long serialVersionUID = 1;

    public NetlinkException(String operation, int errno, String object, String advice) {
        super(operation, errno, object, advice);
    }
}
