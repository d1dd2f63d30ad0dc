package dev.heddle.crds;

import dev.heddle.policy.rule.Origin;
import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All rules of one namespace with the objects they come from: what a policy set says, before it is cut into
 * {@link PolicySet} chunks and after it is put together again.
 *
 * <p>Canonical: sources sorted; rules sorted by their source and otherwise in the order given. Equal contents
 * have equal hashes, whoever built them.
 *
 * @param namespace empty for cluster-wide rules
 * @param sources every object that was translated, also one that gave no rule
 */
public record PolicySetContent(String namespace, List<PolicySource> sources, List<Rule> rules) {

    /** @throws IllegalArgumentException if a rule comes from an object that is not among the sources */
    public PolicySetContent {
        sources = List.copyOf(new TreeSet<>(sources));
        Map<Source, Integer> index = index(sources);
        // Not by sorted(): it compares nothing, and so checks nothing, when there is one rule.
        Map<Integer, List<Rule>> bySource = new TreeMap<>();
        for (Rule rule : rules) {
            bySource.computeIfAbsent(indexOf(namespace, index, rule), i -> new ArrayList<>())
                    .add(rule);
        }
        rules = bySource.values().stream().flatMap(List::stream).toList();
    }

    /** What these policies say together; all are of the namespace. */
    public static PolicySetContent of(String namespace, Collection<TranslatedPolicy> policies) {
        return new PolicySetContent(
                namespace,
                policies.stream().map(TranslatedPolicy::source).toList(),
                policies.stream()
                        .flatMap(policy -> policy.translation().rules().stream())
                        .toList());
    }

    /**
     * The content as it is written.
     *
     * @param set the name of the set; empty when no object is in it: then there is no policy, and no text
     */
    public record Written(String set, String text) {}

    /** What a head says of it. */
    public Written written() {
        String text = sources.isEmpty() ? "" : text();
        return new Written(text.isEmpty() ? "" : CanonicalJson.hash(text), text);
    }

    /** Lower-case hexadecimal SHA-256 of {@link #text}; the name of the set. */
    public String hash() {
        return CanonicalJson.hash(text());
    }

    /** The whole content as canonical JSON. */
    public String text() {
        return CanonicalJson.text(new Text(namespace, sources, encodedRules()));
    }

    /**
     * Reads {@link #text} back.
     *
     * @throws BrokenPolicySetException if it does not have this hash, or is no such text
     */
    public static PolicySetContent parse(String set, String text) {
        String hash = CanonicalJson.hash(text);
        if (!hash.equals(set)) {
            throw new BrokenPolicySetException(set, "its content has the hash " + hash);
        }
        try {
            Text all = CanonicalJson.read(text, Text.class);
            return new PolicySetContent(
                    all.namespace(),
                    all.sources(),
                    all.rules().stream()
                            .map(rule -> RuleCodec.decode(rule, all.sourceOf(rule), all.namespace()))
                            .toList());
        } catch (IllegalArgumentException e) {
            throw new BrokenPolicySetException(set, e);
        }
    }

    /** The objects to write: at most {@link PolicySetChunks#LIMIT} bytes each, named by the hash. */
    public List<PolicySet> chunks(long sequence) {
        List<PolicySetSpec> specs = PolicySetChunks.cut(namespace, sources, encodedRules());
        String hash = hash();
        List<PolicySet> chunks = new ArrayList<>();
        for (PolicySetSpec spec : specs) {
            chunks.add(new PolicySet(chunkName(hash, spec.chunk().index(), specs.size()), sequence, spec));
        }
        return List.copyOf(chunks);
    }

    /** The names of a set's objects, in the order of their chunks. */
    public static List<String> chunkNames(String set, int count) {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            names.add(chunkName(set, index, count));
        }
        return List.copyOf(names);
    }

    /**
     * Puts all chunks of one set together, in any order.
     *
     * @throws BrokenPolicySetException if a chunk is missing, is of another set, or the content does not have
     *     the hash that the name says
     */
    public static PolicySetContent reassemble(List<PolicySet> chunks) {
        if (chunks.isEmpty()) {
            throw new BrokenPolicySetException("", "no chunk at all");
        }
        String set = chunks.getFirst().set();
        try {
            PolicySetContent content = PolicySetChunks.join(chunks);
            String hash = content.hash();
            if (!hash.equals(set)) {
                throw new BrokenPolicySetException(set, "its content has the hash " + hash + ", not its name's");
            }
            return content;
        } catch (IllegalArgumentException e) {
            throw new BrokenPolicySetException(set, e);
        }
    }

    private List<RuleSpec> encodedRules() {
        Map<Source, Integer> index = index(sources);
        return rules.stream()
                .map(rule -> RuleCodec.encode(rule, indexOf(namespace, index, rule)))
                .toList();
    }

    private static String chunkName(String set, int index, int count) {
        return count == 1 ? set : set + "-" + index;
    }

    private static Map<Source, Integer> index(List<PolicySource> sources) {
        Map<Source, Integer> index = new HashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            PolicySource source = sources.get(i);
            if (index.put(new Source(source.kind(), source.name(), source.generation()), i) != null) {
                throw new IllegalArgumentException(source.kind() + " " + source.name() + " is there twice");
            }
        }
        return index;
    }

    private static int indexOf(String namespace, Map<Source, Integer> index, Rule rule) {
        Origin origin = rule.origin();
        Integer found = index.get(new Source(origin.kind(), origin.name(), origin.generation()));
        if (found == null || !origin.namespace().equals(namespace)) {
            throw new IllegalArgumentException(
                    "a rule of " + origin + " in a set of namespace '" + namespace + "' that does not list it");
        }
        return found;
    }

    /** The content as it is written. A rule's source is an index into the sources. */
    @Wire
    record Text(String namespace, List<PolicySource> sources, List<RuleSpec> rules) {

        Text {
            sources = Lists.copyOf(sources);
            rules = Lists.copyOf(rules);
        }

        PolicySource sourceOf(RuleSpec rule) {
            if (rule.source() < 0 || rule.source() >= sources.size()) {
                throw new IllegalArgumentException("a rule of source " + rule.source() + ", which is not there");
            }
            return sources.get(rule.source());
        }
    }

    /** What a rule knows of its source. */
    private record Source(String kind, String name, long generation) {}
}
