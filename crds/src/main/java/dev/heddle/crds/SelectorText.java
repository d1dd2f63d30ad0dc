package dev.heddle.crds;

import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Requirement.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Label selectors in the form that {@code kubectl -l} takes (Kubernetes documentation, "Labels and Selectors"):
 * {@code app=web,tier in (a,b),!test}. The empty text selects everything.
 */
final class SelectorText {

    private static final String IN = " in (";
    private static final String NOT_IN = " notin (";
    /** No key or value of a label has one of these (apimachinery's validation). */
    private static final String DELIMITERS = "!=(), ";

    private SelectorText() {}

    /** @throws IllegalArgumentException if a key or a value is none that a label can have */
    static String of(LabelSelector selector) {
        return selector.requirements().stream().map(SelectorText::term).collect(Collectors.joining(","));
    }

    /** @throws IllegalArgumentException if it is not such a text */
    static LabelSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int end = endOfTerm(text, from);
            requirements.add(requirement(text.substring(from, end)));
            from = end + 1;
        }
        return requirements.isEmpty() ? LabelSelector.EVERYTHING : new LabelSelector(requirements);
    }

    private static String term(Requirement requirement) {
        String key = word(requirement.key());
        List<String> values = requirement.values();
        values.forEach(SelectorText::word);
        return switch (requirement.operator()) {
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
            case IN -> values.size() == 1 ? key + "=" + values.getFirst() : key + IN + String.join(",", values) + ")";
            case NOT_IN ->
                values.size() == 1 ? key + "!=" + values.getFirst() : key + NOT_IN + String.join(",", values) + ")";
        };
    }

    private static String word(String word) {
        if (word.chars().anyMatch(character -> DELIMITERS.indexOf(character) >= 0)) {
            throw new IllegalArgumentException("'" + word + "' is neither key nor value of a label");
        }
        return word;
    }

    /** The comma after the term that begins here, or the end of the text. */
    private static int endOfTerm(String text, int from) {
        int comma = text.indexOf(',', from);
        int list = text.indexOf('(', from);
        if (list >= 0 && list < comma) {
            comma = text.indexOf(',', text.indexOf(')', list));
        }
        return comma < 0 ? text.length() : comma;
    }

    private static Requirement requirement(String term) {
        int list = term.indexOf(" ");
        int equals = term.indexOf('=');
        if (list > 0) {
            String key = term.substring(0, list);
            return term.startsWith(IN, list)
                    ? new Requirement(key, Operator.IN, values(term, list + IN.length()))
                    : term.startsWith(NOT_IN, list)
                            ? new Requirement(key, Operator.NOT_IN, values(term, list + NOT_IN.length()))
                            : none(term);
        }
        if (equals > 0) {
            boolean not = term.charAt(equals - 1) == '!';
            String key = term.substring(0, not ? equals - 1 : equals);
            return new Requirement(key, not ? Operator.NOT_IN : Operator.IN, List.of(term.substring(equals + 1)));
        }
        return term.startsWith("!")
                ? new Requirement(term.substring(1), Operator.DOES_NOT_EXIST, List.of())
                : new Requirement(term, Operator.EXISTS, List.of());
    }

    private static List<String> values(String term, int from) {
        return term.endsWith(")")
                ? Arrays.asList(term.substring(from, term.length() - 1).split(",", -1))
                : none(term).values();
    }

    private static Requirement none(String term) {
        throw new IllegalArgumentException("'" + term + "' is no requirement of a label selector");
    }
}
