package dev.heddle.crds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists as JSON has them: an absent one is empty. */
final class Lists {

    private Lists() {}

    static <T> List<T> copyOf(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
