package dev.heddle.policy.compile;

import dev.heddle.policy.identity.Identity;
import dev.heddle.policy.rule.Cidr;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

final class Classifier {
    @Nullable
    Cidr namedRange(Cidr address) {
        return address.isHost() ? null : address;
    }

    OptionalInt classOf(PeerKey peer, @Nullable Identity identity) {
        return OptionalInt.empty();
    }
}
