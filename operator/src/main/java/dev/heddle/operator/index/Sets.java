package dev.heddle.operator.index;

import dev.heddle.crds.PolicySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The PolicySet objects that exist, and which set is the published one of each namespace. */
final class Sets {

    private final Map<String, SetChunk> chunks = new HashMap<>();
    private final Map<String, Map<Integer, SetChunk>> bySet = new HashMap<>();
    private final Map<String, Long> sequence = new HashMap<>();
    private final Map<String, SetRef> published = new HashMap<>();

    /** Takes a chunk in and returns the version before it; itself when a newer version is known already. */
    @Nullable
    SetChunk put(SetChunk chunk) {
        SetChunk before = chunks.get(chunk.name());
        if (before != null
                && before.uid().equals(chunk.uid())
                && Versions.older(chunk.resourceVersion(), before.resourceVersion())) {
            return chunk;
        }
        chunks.put(chunk.name(), chunk);
        bySet.computeIfAbsent(chunk.set(), key -> new HashMap<>()).put(chunk.index(), chunk);
        sequence.merge(chunk.namespace(), chunk.sequence(), Math::max);
        return before;
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
    boolean complete(SetRef ref) {
        return ref.set().isEmpty() || bySet.getOrDefault(ref.set(), Map.of()).size() == ref.chunks();
    }

    /** Whether a set exists and no other set of its namespace has a higher sequence. */
    boolean current(String namespace, SetRef ref) {
        long newest = sequence(namespace);
        return complete(ref)
                && bySet.getOrDefault(ref.set(), Map.of()).values().stream()
                        .allMatch(chunk -> chunk.sequence() == newest);
    }

    long sequence(String namespace) {
        return sequence.getOrDefault(namespace, 0L);
    }

    @Nullable
    SetRef published(String namespace) {
        return published.get(namespace);
    }

    @Nullable
    SetRef publish(String namespace, SetRef ref) {
        return published.put(namespace, ref);
    }

    /** The objects that a set was made of. */
    Set<PolicySource> sources(String set) {
        Set<PolicySource> sources = new HashSet<>();
        bySet.getOrDefault(set, Map.of()).values().forEach(chunk -> sources.addAll(chunk.sources()));
        return sources;
    }

    /** Chunks of sets that are neither used nor published. */
    List<SetChunk> unused(Set<String> used) {
        Set<String> keep = new HashSet<>(used);
        published.values().forEach(ref -> keep.add(ref.set()));
        List<SetChunk> unused = new ArrayList<>(chunks.values());
        unused.removeIf(chunk -> keep.contains(chunk.set()));
        return unused;
    }
}
