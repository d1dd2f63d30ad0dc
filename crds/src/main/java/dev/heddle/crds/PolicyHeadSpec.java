package dev.heddle.crds;

import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which rules hold. They are in {@code content} while they are small: one write tells everybody, and what a write costs the
 * API server is the number of values in it, so they are one (docs/adr/0009).
 *
 * @param namespace the namespace whose rules these are; empty for cluster-wide rules
 * @param sequence grows with every change of any namespace's rules
 * @param set SHA-256 of the content, in hexadecimal; empty: there is no policy
 * @param chunks number of PolicySet objects that hold the content; 0 when it is in here
 * @param content the rules and the objects that they come from, as canonical JSON; empty when PolicySets hold it
 * @param since for each of the objects, in their order, the sequence from which on its present generation is in the content
 */
@Wire
public record PolicyHeadSpec(
        @Required String namespace,
        @Required @Min(1) long sequence,
        @Required @Pattern("^([0-9a-f]{64})?$") String set,
        @Required int chunks,
        String content,
        String since) {

    public PolicyHeadSpec {
        content = content == null ? "" : content;
        since = since == null ? "" : since;
    }

    /** Says that there is no policy. */
    public static PolicyHeadSpec none(String namespace, long sequence) {
        return new PolicyHeadSpec(namespace, sequence, "", 0, "", "");
    }

    /** Says that this holds. */
    public static PolicyHeadSpec of(PolicySetContent content, long sequence, List<Long> since) {
        return of(content, content.written(), sequence, since);
    }

    /** The same, the content being written already. */
    public static PolicyHeadSpec of(
            PolicySetContent content, PolicySetContent.Written written, long sequence, List<Long> since) {
        boolean inside = written.text().length() <= PolicySetChunks.LIMIT;
        return new PolicyHeadSpec(
                content.namespace(),
                sequence,
                written.set(),
                inside ? 0 : content.chunks(sequence).size(),
                inside ? written.text() : "",
                since.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    /**
     * The rules, when they are in here or there are none; empty when PolicySets hold them.
     *
     * @throws BrokenPolicySetException if the content is not what {@code set} says
     */
    public Optional<PolicySetContent> inside() {
        if (set.isEmpty()) {
            return Optional.of(new PolicySetContent(namespace, List.of(), List.of()));
        }
        return chunks > 0 ? Optional.empty() : Optional.of(PolicySetContent.parse(set, content));
    }

    /** {@code since} as numbers; none when somebody else wrote it. */
    public List<Long> sinceNumbers() {
        return since.matches("\\d{1,18}( \\d{1,18})*")
                ? Arrays.stream(since.split(" ", -1)).map(Long::valueOf).toList()
                : List.of();
    }
}
