package dev.heddle.node.cni;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.cni.CniInstaller.Chaining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CniInstallerTest {
    private static final String BASE = "{\"cniVersion\":\"1.0.0\",\"name\":\"%s\",\"plugins\":[{\"type\":\"ptp\"}]}";

    private final CniInstaller installer;
    private final Path base;
    private final Path ours;

    CniInstallerTest(@TempDir Path host) {
        installer = new CniInstaller(host.resolve("bin"), host.resolve("net.d"), PluginSettings.DEFAULTS);
        base = installer.confDir().resolve("10-base.conflist");
        ours = installer.confDir().resolve(Conflist.FILE_NAME);
    }

    @Test
    void theBinaryIsCopiedWhenItDiffersOnly() throws IOException {
        Path binary = installer.binDir().resolve("heddle-cni");

        assertThat(installer.installBinary()).isTrue();
        assertThat(binary).isExecutable().hasSameBinaryContentAs(PluginRun.PLUGIN);
        assertThat(installer.installBinary()).isFalse();

        Files.writeString(binary, "an older one");
        assertThat(installer.installBinary()).isTrue();
        assertThat(installer.binDir()).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void ourConfigurationFollowsTheBases() throws Exception {
        BlockingQueue<Chaining> told = new LinkedBlockingQueue<>();
        try (ConflistWatch _ = ConflistWatch.start(installer, told::add)) {
            assertThat(next(told)).isEqualTo(new Chaining.NoBase(false));

            put(base, BASE.formatted("one"));
            assertThat(next(told)).isEqualTo(new Chaining.Chained("10-base.conflist", true));
            assertThat(ours).content().contains("\"one\"").contains("heddle-cni");

            put(base, BASE.formatted("two"));
            assertThat(next(told)).isEqualTo(new Chaining.Chained("10-base.conflist", true));
            assertThat(ours).content().contains("\"two\"");

            put(base, "{");
            assertThat(next(told)).isInstanceOf(Chaining.Unusable.class);
            assertThat(ours).as("fails closed").content().contains("\"two\"");

            Files.delete(base);
            assertThat(next(told)).isEqualTo(new Chaining.NoBase(true));
            assertThat(ours).doesNotExist();
        }
    }

    @Test
    void itStaysWhenTheDaemonStopsAndGoesWhenHeddleIsUninstalled() throws IOException {
        Files.createDirectories(installer.confDir());
        put(base, BASE.formatted("one"));
        ConflistWatch.start(installer, _ -> {}).close();
        assertThat(ours).exists();

        assertThat(installer.uninstall()).isTrue();
        assertThat(ours).doesNotExist();
        assertThat(base).exists();
        assertThat(installer.uninstall()).isFalse();
    }

    private static void put(Path file, String content) throws IOException {
        Path fresh = file.resolveSibling("fresh");
        Files.writeString(fresh, content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Chaining next(BlockingQueue<Chaining> told) throws InterruptedException {
        Chaining next = told.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("told within 10 s").isNotNull();
        return Objects.requireNonNull(next);
    }
}
