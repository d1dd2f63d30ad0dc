package dev.heddle.policy.translate;

import dev.heddle.policy.rule.Cidr;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads address ranges. */
final class Ranges {

    private Ranges() {}

    static Optional<Cidr> read(@Nullable String text, Field field) {
        if (text == null || text.isEmpty()) {
            field.reject("a CIDR is missing; write ADDRESS/LENGTH");
            return Optional.empty();
        }
        try {
            return Optional.of(Cidr.parse(text));
        } catch (IllegalArgumentException e) {
            field.reject(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
