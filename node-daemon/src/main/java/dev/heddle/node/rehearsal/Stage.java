package dev.heddle.node.rehearsal;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** The stage alone, an API server without objects, for programs that rehearse in a process of their own. */
public final class Stage {
    private Stage() {}

    /**
     * Prints the port and serves it until standard input ends.
     *
     * @param args the key store (PKCS12) of the stage's certificate, and its password
     */
    public static void main(String... args) throws Exception {
        Certificates certificates = Certificates.read(Path.of(args[0]), args[1]);
        try (StageServer stage = StageServer.open(certificates.context(), Map.of())) {
            System.out.println(stage.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
