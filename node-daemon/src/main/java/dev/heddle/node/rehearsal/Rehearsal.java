package dev.heddle.node.rehearsal;

import dev.heddle.node.ffm.sys.Syscall;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Plays one start of the daemon against a stage instead of a cluster, then ends. */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * Starts and ends one rehearsal; fails when anything does.
     *
     * @param args the key store (PKCS12) of the stage's certificate, and its password
     */
    public static void main(String... args) throws Exception {
        Certificates certificates = Certificates.read(Path.of(args[0]), args[1]);
        Path state = Files.createTempDirectory("rehearsal");
        try (StageServer stage = StageServer.open(certificates.context(), Props.byPath());
                KubernetesClient client = client(stage, certificates)) {
            var _ = Syscall.CLOSE.call(-1); // links the one handle that all system calls go through
            new DaemonRehearsal(client, state).run();
            CniRehearsal.run(state);
            QueryRehearsal.run(state);
        } finally {
            delete(state);
        }
    }

    private static KubernetesClient client(StageServer stage, Certificates certificates) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + stage.port())
                .withCaCertData(certificates.caData())
                .withOauthToken("rehearsal")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
