package dev.heddle.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.rule.Requirement;
import dev.heddle.policy.rule.Requirement.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link PolicyHeadTest} reads random ones. */
class SelectorTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app=web              | app            | IN             | web
            app=                 | app            | IN             | ''
            tier in (a,b)        | tier           | IN             | b a
            in in (,a)           | in             | IN             | a ,
            app!=web             | app            | NOT_IN         | web
            x.org/a notin (a,b)  | x.org/a        | NOT_IN         | a b
            test                 | test           | EXISTS         |
            !test                | test           | DOES_NOT_EXIST |
            """)
    void aRequirementIsWrittenAsKubectlReadsIt(String text, String key, Operator operator, String values) {
        LabelSelector selector = new LabelSelector(List.of(new Requirement(key, operator, list(values))));

        assertThat(SelectorText.of(selector)).isEqualTo(text);
        assertThat(SelectorText.parse(text)).isEqualTo(selector);
    }

    @Test
    void allMustBeMet() {
        LabelSelector selector = new LabelSelector(List.of(
                new Requirement("app", Operator.IN, List.of("web")),
                new Requirement("test", Operator.DOES_NOT_EXIST, List.of()),
                new Requirement("tier", Operator.NOT_IN, List.of("a", "b"))));

        assertThat(SelectorText.of(selector)).isEqualTo("app=web,!test,tier notin (a,b)");
        assertThat(SelectorText.parse("app=web,!test,tier notin (a,b)")).isEqualTo(selector);
        assertThat(SelectorText.of(LabelSelector.EVERYTHING)).isEmpty();
        assertThat(SelectorText.parse("")).isSameAs(LabelSelector.EVERYTHING);
    }

    @Test
    void whatIsNoLabelIsNotWritten() {
        for (String word : List.of("a b", "a,b", "a=b", "!a", "(a", "a)")) {
            LabelSelector key = new LabelSelector(List.of(new Requirement(word, Operator.EXISTS, List.of())));
            LabelSelector value = new LabelSelector(List.of(new Requirement("app", Operator.IN, List.of(word))));

            assertThatThrownBy(() -> SelectorText.of(key)).hasMessageContaining("'" + word + "'");
            assertThatThrownBy(() -> SelectorText.of(value)).hasMessageContaining("'" + word + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tier in (a", "tier inside (a)", "tier gt 1"})
    void whatIsNoSelectorIsRefused(String text) {
        assertThatThrownBy(() -> SelectorText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no requirement");
    }

    /** A comma alone is the empty value. */
    private static List<String> list(String values) {
        return values == null
                ? List.of()
                : List.of(values.split(" ")).stream()
                        .map(value -> value.equals(",") ? "" : value)
                        .toList();
    }
}
