package dev.heddle.cli.command;

/** What scripts can rely on. */
final class ExitCode {

    /** Everything is enforced; the connection is allowed; nothing would change. */
    static final int YES = 0;

    /** The connection is denied. */
    static final int NO = 1;

    /** Something is not enforced; packets get another verdict than the one that is written; something would change. */
    static final int DIFFERS = 2;

    /** There is no answer. */
    static final int ERROR = 3;

    private ExitCode() {}
}
