package dev.heddle.node;

import dev.heddle.node.apply.BpfKernel;
import dev.heddle.node.cni.CniInstaller;
import dev.heddle.node.cni.PluginSettings;
import dev.heddle.node.ffm.bpf.Pins;
import dev.heddle.node.kernel.KernelException;
import dev.heddle.node.log.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the daemon's process begins. */
public final class Main {

    static {
        if ("text".equals(System.getenv("HEDDLE_LOG"))) {
            // Time first; whoever wants another form sets the property.
            if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
                System.setProperty(
                        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
            }
        } else {
            JsonLines.install();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** See {@code --help}. */
    public static void main(String... arguments) throws Exception {
        List<String> flags = List.of(arguments);
        Settings settings = Settings.of(SettingFiles.read(Settings.FOLDER, System.getenv()));
        if (flags.contains("--help")) {
            System.out.print(Settings.HELP);
        } else if (flags.contains("--detach")) {
            detach(settings);
        } else if (!flags.isEmpty()) {
            fail("unknown argument " + flags.getFirst() + "; see --help");
        } else if (settings.node().isEmpty()) {
            fail("NODE_NAME is not set; see --help");
        } else {
            mountBpf(settings);
            System.exit(run(settings)); // whatever the other threads wait for
        }
    }

    /** The kubelet starts a daemon again that could not start; until then the pods' traffic goes on as it was. */
    private static int run(Settings settings) throws IOException, InterruptedException {
        try {
            Daemon.start(settings).await();
            return 0;
        } catch (KernelException e) {
            LOG.error("the daemon cannot start, what was in force stays: {}", e.getMessage());
            return 1;
        }
    }

    /** Takes everything of Heddle off this node; the pods' traffic goes on, unfiltered. */
    static void detach(Settings settings) {
        new CniInstaller(settings.cniBin(), settings.cniConf(), plugin(settings)).uninstall();
        BpfKernel.removeAll(settings.pins());
        LOG.info("Heddle is off this node");
    }

    static PluginSettings plugin(Settings settings) {
        return new PluginSettings(
                settings.state().resolve("cni.sock").toString(), PluginSettings.DEFAULTS.timeoutSeconds());
    }

    private static void mountBpf(Settings settings) throws IOException {
        Map<String, String> environment = System.getenv();
        if (!environment.containsKey("HEDDLE_PINS")) {
            Files.createDirectories(settings.state());
            Pins.mount(Path.of("/sys/fs/bpf"));
        }
    }

    private static void fail(String message) {
        System.err.println("heddle: " + message);
        System.exit(2);
    }
}
