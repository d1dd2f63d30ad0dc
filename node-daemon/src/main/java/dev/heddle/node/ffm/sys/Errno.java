package dev.heddle.node.ffm.sys;

/** Error numbers of Linux on x86-64 and arm64, which agree. Source: asm-generic/errno.h. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int ERANGE = 34;
    public static final int ENOLINK = 67;
    public static final int E2BIG = 7;
    public static final int EOPNOTSUPP = 95;
    public static final int ENOBUFS = 105;
    public static final int ESTALE = 116;
    public static final int ENOTSUPP = 524;

    private Errno() {}

    /** For example {@code ENOENT}; {@code errno 42} for one without a name here. */
    public static String name(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM (not permitted)";
            case ENOENT -> "ENOENT (does not exist)";
            case EINTR -> "EINTR (interrupted)";
            case E2BIG -> "E2BIG (too big)";
            case EBADF -> "EBADF (closed descriptor)";
            case EAGAIN -> "EAGAIN (try again)";
            case ENOMEM -> "ENOMEM (out of memory)";
            case EACCES -> "EACCES (permission denied)";
            case EFAULT -> "EFAULT (bad address)";
            case EBUSY -> "EBUSY (busy)";
            case EEXIST -> "EEXIST (exists already)";
            case ENODEV -> "ENODEV (no such device)";
            case EINVAL -> "EINVAL (invalid argument)";
            case ENOSPC -> "ENOSPC (no space)";
            case ERANGE -> "ERANGE (out of range)";
            case ENOLINK -> "ENOLINK (link severed)";
            case EOPNOTSUPP -> "EOPNOTSUPP (not supported)";
            case ENOBUFS -> "ENOBUFS (no buffer space)";
            case ESTALE -> "ESTALE (changed meanwhile)";
            case ENOTSUPP -> "ENOTSUPP (not supported)";
            default -> "errno " + errno;
        };
    }
}
