package dev.heddle.operator;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.jspecify.annotations.Nullable;

/** Starts the operator. */
@QuarkusMain
public final class HeddleOperator {
    private HeddleOperator() {}

    public static void main(String[] args) {
        Quarkus.run(null, HeddleOperator::end, args);
    }

    /** A start without the API server fails; the next one will not, if it comes when the server is there. */
    private static void end(int code, @Nullable Throwable failure) {
        if (failure != null) {
            new ApiServer(Config.autoConfigure(null)).await();
        }
        System.exit(code);
    }
}
