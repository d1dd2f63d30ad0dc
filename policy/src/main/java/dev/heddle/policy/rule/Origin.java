package dev.heddle.policy.rule;

/**
 * The place a rule comes from.
 *
 * @param kind the object's kind, such as {@code NetworkPolicy}
 * @param namespace the object's namespace; empty for cluster-scoped kinds
 * @param name the object's name
 * @param generation the object's {@code metadata.generation}
 * @param field the path of the field inside the object, such as {@code spec.ingress[0].from[1].ipBlock}
 */
public record Origin(String kind, String namespace, String name, long generation, String field) {

    /** The same object, at another field. */
    public Origin at(String otherField) {
        return new Origin(kind, namespace, name, generation, otherField);
    }

    /** {@code Kind namespace/name} or {@code Kind name}, for people. */
    public String object() {
        return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
    }

    @Override
    public String toString() {
        return object() + " " + field;
    }
}
