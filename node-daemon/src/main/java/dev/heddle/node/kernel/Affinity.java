package dev.heddle.node.kernel;

/**
 * Whether a client that comes again meets the backend where it was last.
 *
 * @param service a number that the addresses of one port of a service share; 0: any backend will do
 * @param seconds since the client's last connection, as long as this holds
 */
public record Affinity(long service, int seconds) {
    public static final Affinity NONE = new Affinity(0, 0);
}
