package dev.heddle.operator;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the operator. */
@QuarkusMain
public final class HeddleOperator {
    private HeddleOperator() {}

    public static void main(String[] args) {
        Quarkus.run(args);
    }
}
