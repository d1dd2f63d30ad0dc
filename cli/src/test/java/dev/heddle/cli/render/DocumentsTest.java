package dev.heddle.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private record Answer(boolean enforced, @Nullable String why, List<String> names) {}

    @Test
    void fieldsKeepTheirOrderAndWhatIsAbsentIsLeftOut() {
        Answer answer = new Answer(true, null, List.of("a: b", "no"));

        assertThat(Documents.json(answer)).isEqualTo("""
                {
                  "enforced" : true,
                  "names" : [ "a: b", "no" ]
                }
                """);
        assertThat(Documents.yaml(answer)).isEqualTo("""
                enforced: true
                names:
                - "a: b"
                - "no"
                """);
    }
}
