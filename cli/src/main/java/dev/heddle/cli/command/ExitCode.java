package dev.heddle.cli.command;

/** What scripts can rely on. */
final class ExitCode {

    /** Everything is enforced; the connection is allowed; nothing would change. */
    static final int YES = 0;

    /** There is no answer. */
    static final int ERROR = 1;

    /** Something is not enforced; something would change. */
    static final int DIFFERS = 2;

    /** The connection is denied. */
    static final int DENIED = 3;

    private ExitCode() {}
}
