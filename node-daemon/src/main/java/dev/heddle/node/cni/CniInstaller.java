package dev.heddle.node.cni;

import dev.heddle.node.cni.Conflist.Derivation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the plugin and its network configuration onto the host and takes the configuration away again.
 *
 * @param binDir the host's plugin folder, usually {@code /opt/cni/bin}
 * @param confDir the host's network configurations, usually {@code /etc/cni/net.d}
 */
public record CniInstaller(Path binDir, Path confDir, PluginSettings settings) {
    /** What {@link #installConflist} did. */
    public sealed interface Chaining {
        /** Our configuration follows the base's file; {@code changed} when it had to be written now. */
        record Chained(String base, boolean changed) implements Chaining {}

        /** There is no base configuration, so there is none of ours. */
        record NoBase(boolean removed) implements Chaining {}

        /** The base cannot be followed; what was there is left. */
        record Unusable(String base, String why) implements Chaining {}
    }

    /**
     * Copies the plugin to the host unless it is there already.
     *
     * @return whether something was written
     */
    public boolean installBinary() {
        try (InputStream in = CniInstaller.class.getResourceAsStream(Conflist.PLUGIN)) {
            if (in == null) {
                throw new IllegalStateException("the build left the plugin " + Conflist.PLUGIN + " out");
            }
            Files.createDirectories(binDir);
            return HostFile.put(binDir.resolve(Conflist.PLUGIN), in.readAllBytes(), "rwxr-xr-x");
        } catch (IOException e) {
            throw new UncheckedIOException("the CNI plugin cannot be installed in " + binDir, e);
        }
    }

    /** Makes our configuration follow the base's as it is now. Safe to call again and again. */
    public Chaining installConflist() {
        Path ours = confDir.resolve(Conflist.FILE_NAME);
        try {
            return switch (Conflist.derive(read(), settings)) {
                case Derivation.Derived(String base, String content) ->
                    new Chaining.Chained(
                            base, HostFile.put(ours, content.getBytes(StandardCharsets.UTF_8), "rw-r--r--"));
                case Derivation.NoBase() -> new Chaining.NoBase(Files.deleteIfExists(ours));
                case Derivation.Unusable(String base, String why) -> new Chaining.Unusable(base, why);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("the network configuration in " + confDir + " cannot be followed", e);
        }
    }

    /**
     * Takes our configuration away: pods made from now on are the base's alone. The binary stays, because runtimes that
     * keep a pod's configuration call it once more when that pod ends; without the daemon it says yes.
     *
     * @return whether there was one
     */
    public boolean uninstall() {
        try {
            return Files.deleteIfExists(confDir.resolve(Conflist.FILE_NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("the network configuration in " + confDir + " cannot be removed", e);
        }
    }

    private SortedMap<String, String> read() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(confDir)) {
            for (Path entry : entries) {
                readCandidate(entry, files);
            }
        } catch (NoSuchFileException e) {
            return files; // no folder, no network plugin yet
        }
        return files;
    }

    private static void readCandidate(Path entry, SortedMap<String, String> into) throws IOException {
        String name = String.valueOf(entry.getFileName());
        if (!Conflist.isCandidate(name) || !Files.isRegularFile(entry)) {
            return;
        }
        try {
            into.put(name, Files.readString(entry));
        } catch (NoSuchFileException e) {
            // gone since the folder was listed: not there
        }
    }
}
