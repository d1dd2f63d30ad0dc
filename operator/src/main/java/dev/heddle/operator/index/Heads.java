package dev.heddle.operator.index;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The PolicyHeads that exist, by namespace; empty for the cluster-wide one. */
final class Heads {

    private final Map<String, HeadObject> heads = new HashMap<>();
    private long highest;

    /** Takes a head in and returns the version before it; itself when a newer version is known already. */
    @Nullable
    HeadObject put(HeadObject head) {
        HeadObject before = heads.get(head.namespace());
        if (before != null
                && before.uid().equals(head.uid())
                && Versions.older(head.resourceVersion(), before.resourceVersion())) {
            return head;
        }
        highest = Math.max(highest, head.says().sequence());
        return heads.put(head.namespace(), head);
    }

    /** Forgets a head, unless it was created anew meanwhile. */
    boolean remove(String namespace, String uid) {
        HeadObject known = heads.get(namespace);
        return known != null && known.uid().equals(uid) && heads.remove(namespace) != null;
    }

    @Nullable
    HeadObject get(String namespace) {
        return heads.get(namespace);
    }

    boolean name(String set) {
        return heads.values().stream().anyMatch(head -> head.says().set().equals(set));
    }

    /** One that no head has or had while this process knew it; each is given once. */
    long nextSequence() {
        return ++highest;
    }
}
