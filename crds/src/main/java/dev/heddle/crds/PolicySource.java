package dev.heddle.crds;

import io.fabric8.generator.annotation.Required;
import java.util.Comparator;

/**
 * An object that rules come from, at one generation. Its namespace is that of the policy set.
 *
 * @param kind the object's kind, such as NetworkPolicy
 * @param name the object's name
 * @param uid the object's metadata.uid, which tells a deleted object from a new one of the same name
 * @param generation the object's metadata.generation that the rules are made from
 */
@Wire
public record PolicySource(
        @Required String kind,
        @Required String name,
        @Required String uid,
        @Required long generation) implements Comparable<PolicySource> {

    private static final Comparator<PolicySource> ORDER = Comparator.comparing(PolicySource::kind)
            .thenComparing(PolicySource::name)
            .thenComparing(PolicySource::uid)
            .thenComparingLong(PolicySource::generation);

    @Override
    public int compareTo(PolicySource other) {
        return ORDER.compare(this, other);
    }
}
