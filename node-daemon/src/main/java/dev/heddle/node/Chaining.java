package dev.heddle.node;

import dev.heddle.node.cni.CniInstaller;
import dev.heddle.node.cni.ConflistWatch;
import dev.heddle.node.loop.Round;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts Heddle's CNI configuration in place once this node's desired state is known, and stops to do so when the node is
 * to let go: {@link Detachment}, which comes after it, takes the configuration away.
 */
final class Chaining implements Consumer<Round> {

    private static final Logger LOG = LoggerFactory.getLogger(Chaining.class);

    private final CniInstaller installer;
    private final boolean wanted;
    private @Nullable ConflistWatch watch;
    private boolean decided;

    Chaining(Settings settings) {
        installer = new CniInstaller(settings.cniBin(), settings.cniConf(), Main.plugin(settings));
        wanted = settings.chaining();
    }

    @Override
    public void accept(Round round) {
        if (round.world().isDetaching()) {
            stop();
        } else if (round.world().isSynced() && !decided) {
            start();
        }
    }

    private void start() {
        decided = true;
        if (wanted) {
            installer.installBinary();
            watch = ConflistWatch.start(installer, chaining -> LOG.info("CNI: {}", chaining));
        } else if (installer.uninstall()) {
            LOG.info("CNI: chaining is off; pods made from now on are the base plugin's alone");
        }
    }

    private void stop() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }
}
