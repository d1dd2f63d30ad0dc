package dev.heddle.node.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A unix socket that root alone may call. One that an earlier daemon left is replaced in one step, and closing leaves ours
 * where it is: until the next daemon listens, callers are refused.
 */
public final class RootSocket {

    private static final int BACKLOG = 128;

    private RootSocket() {}

    /**
     * Listens from now on.
     *
     * @param socket at most 100 bytes long; its folder is made when it is missing
     */
    public static ServerSocketChannel listen(Path socket) {
        Path folder = socket.toAbsolutePath().getParent();
        Path fresh = socket.resolveSibling(socket.getFileName() + ".new");
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.deleteIfExists(fresh);
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listener.bind(UnixDomainSocketAddress.of(fresh), BACKLOG);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, socket, StandardCopyOption.ATOMIC_MOVE);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("the socket " + socket + " cannot be opened", e);
        }
    }
}
