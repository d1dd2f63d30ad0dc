package dev.heddle.crds;

import dev.heddle.policy.rule.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Cuts a policy set into chunks and joins them. Each chunk carries the sources of its own rules, so that a
 * chunk can be read alone. A rule is never cut: one that is larger than the limit has a chunk of its own,
 * which the API server takes up to its limit of an object (about 1.5 MB, as for the policy it came from).
 */
final class PolicySetChunks {

    /** Bytes of a chunk's spec, or of a head's content, in JSON. Leaves room in 64 KB for the metadata. */
    static final int LIMIT = 62 * 1024;

    private static final int FRAME = 256;

    private PolicySetChunks() {}

    /** @param rules sorted by source; their source is an index into {@code sources} */
    static List<PolicySetSpec> cut(String namespace, List<PolicySource> sources, List<RuleSpec> rules) {
        List<Part> parts = new ArrayList<>();
        Part part = new Part();
        int next = 0;
        for (int source = 0; source < sources.size(); source++) {
            int sourceBytes = size(sources.get(source));
            // A source without rules is listed all the same: its generation counts as enforced.
            part = part.orNew(parts, sourceBytes);
            part.addSource(sources.get(source), sourceBytes);
            for (; next < rules.size() && rules.get(next).source() == source; next++) {
                int bytes = size(rules.get(next));
                part = part.orNew(parts, bytes);
                if (part.sources.isEmpty()) {
                    part.addSource(sources.get(source), sourceBytes);
                }
                part.addRule(rules.get(next), bytes);
            }
        }
        parts.add(part);
        List<PolicySetSpec> specs = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            Part one = parts.get(index);
            specs.add(new PolicySetSpec(namespace, new Chunk(index, parts.size()), one.sources, one.rules));
        }
        return specs;
    }

    /** @throws IllegalArgumentException if these are not all chunks of one set */
    static PolicySetContent join(List<PolicySet> chunks) {
        int count = chunks.getFirst().getSpec().chunk().count();
        String namespace = chunks.getFirst().getSpec().namespace();
        BitSet seen = new BitSet();
        TreeSet<PolicySource> sources = new TreeSet<>();
        List<PolicySetSpec> specs =
                new ArrayList<>(chunks.stream().map(PolicySet::getSpec).toList());
        specs.sort((a, b) -> Integer.compare(a.chunk().index(), b.chunk().index()));
        List<Rule> rules = new ArrayList<>();
        for (PolicySetSpec spec : specs) {
            if (spec.chunk().count() != count || !spec.namespace().equals(namespace)) {
                throw new IllegalArgumentException("chunks of different sets");
            }
            seen.set(spec.chunk().index());
            sources.addAll(spec.sources());
            for (RuleSpec rule : spec.rules()) {
                rules.add(RuleCodec.decode(rule, sourceOf(rule, spec), namespace));
            }
        }
        if (specs.size() != count || seen.cardinality() != count || seen.length() != count) {
            throw new IllegalArgumentException("has " + count + " chunks, found those with index " + seen);
        }
        return new PolicySetContent(namespace, List.copyOf(sources), rules);
    }

    private static PolicySource sourceOf(RuleSpec rule, PolicySetSpec spec) {
        if (rule.source() < 0 || rule.source() >= spec.sources().size()) {
            throw new IllegalArgumentException("a rule of source " + rule.source() + ", which is not there");
        }
        return spec.sources().get(rule.source());
    }

    private static int size(Object value) {
        return CanonicalJson.bytes(value).length + 1;
    }

    /** A chunk being filled. */
    private static final class Part {
        private final List<PolicySource> sources = new ArrayList<>();
        private final List<RuleSpec> rules = new ArrayList<>();
        private int bytes = FRAME;

        /** This part if it has room, else a new one after it. */
        Part orNew(List<Part> done, int more) {
            if (bytes + more <= LIMIT || sources.isEmpty()) {
                return this;
            }
            done.add(this);
            return new Part();
        }

        void addSource(PolicySource source, int size) {
            sources.add(source);
            bytes += size;
        }

        void addRule(RuleSpec rule, int size) {
            rules.add(rule.withSource(sources.size() - 1));
            bytes += size;
        }
    }
}
