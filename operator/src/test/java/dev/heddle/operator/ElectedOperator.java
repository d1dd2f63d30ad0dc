package dev.heddle.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;

/** The operator with its own election, as the main class of a process of its own. */
final class ElectedOperator {

    private ElectedOperator() {}

    /** Runs until the process ends. The arguments are a kubeconfig, the identity, and the duration of the lease. */
    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").addHandler(new ConsoleHandler());
        Config config = Config.fromKubeconfig(Files.readString(Path.of(arguments[0])));
        config.setUserAgent(arguments[1]);
        var client = new KubernetesClientBuilder().withConfig(config).build();
        new RunningOperator(
                client,
                RunningOperator.GRACE,
                Duration.parse(arguments[2]),
                loop -> new Leadership(
                                loop,
                                client,
                                new ApiServer(config),
                                RunningOperator.NAMESPACE,
                                arguments[1],
                                Duration.parse(arguments[2]))
                        .overrider());
        new CountDownLatch(1).await();
    }
}
