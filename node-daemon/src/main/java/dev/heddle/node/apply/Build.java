package dev.heddle.node.apply;

import dev.heddle.node.kernel.Hook;
import dev.heddle.node.kernel.SocketHook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Names this build of the programs by their content: equal programs are not loaded and exchanged again. */
final class Build {

    private Build() {}

    /** 16 hexadecimal digits. */
    static String id() {
        List<String> names = new ArrayList<>();
        for (Hook hook : Hook.values()) {
            names.add(hook.program());
        }
        for (SocketHook hook : SocketHook.values()) {
            names.add(hook.program());
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : names) {
                String resource = "/dev/heddle/bpf/" + name + ".bpf.o";
                try (InputStream in = Build.class.getResourceAsStream(resource)) {
                    if (in == null) {
                        throw new IllegalStateException("the build left the program " + resource + " out");
                    }
                    digest.update(in.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
