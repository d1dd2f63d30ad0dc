package dev.heddle.policy.translate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists as JSON has them: an absent one is empty. */
final class Lists {

    private Lists() {}

    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
