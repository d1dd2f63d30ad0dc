package dev.heddle.operator.index;

import dev.heddle.crds.PolicySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The PolicySet objects that exist. */
final class Sets {

    private final Map<String, SetChunk> chunks = new HashMap<>();
    private final Map<String, Map<Integer, SetChunk>> bySet = new HashMap<>();

    /** Takes a chunk in, unless a newer version is known already. */
    void put(SetChunk chunk) {
        SetChunk before = chunks.get(chunk.name());
        if (before != null
                && before.uid().equals(chunk.uid())
                && Versions.older(chunk.resourceVersion(), before.resourceVersion())) {
            return;
        }
        chunks.put(chunk.name(), chunk);
        bySet.computeIfAbsent(chunk.set(), key -> new HashMap<>()).put(chunk.index(), chunk);
    }

    /** Forgets a chunk, unless it was created anew meanwhile. */
    @Nullable
    SetChunk remove(String name, String uid) {
        SetChunk chunk = chunks.get(name);
        if (chunk == null || !chunk.uid().equals(uid)) {
            return null;
        }
        chunks.remove(name);
        Map<Integer, SetChunk> siblings = bySet.getOrDefault(chunk.set(), new HashMap<>());
        siblings.remove(chunk.index());
        if (siblings.isEmpty()) {
            bySet.remove(chunk.set());
        }
        return chunk;
    }

    /** Whether all chunks of a set exist. */
    boolean complete(String set, int count) {
        return bySet.getOrDefault(set, Map.of()).size() == count;
    }

    /** The objects that a set was made of, sorted. */
    List<PolicySource> sources(String set) {
        Set<PolicySource> sources = new TreeSet<>();
        bySet.getOrDefault(set, Map.of()).values().forEach(chunk -> sources.addAll(chunk.sources()));
        return List.copyOf(sources);
    }

    List<SetChunk> unused(Predicate<String> used) {
        List<SetChunk> unused = new ArrayList<>(chunks.values());
        unused.removeIf(chunk -> used.test(chunk.set()));
        return unused;
    }
}
