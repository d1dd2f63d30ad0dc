package dev.heddle.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0s",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT5M30S, 5m30s",
        "PT10M59S, 10m",
        "PT179M, 179m",
        "PT3H, 3h",
        "PT5H12M, 5h12m",
        "PT30H, 30h",
        "P3DT4H, 3d4h",
        "P8DT4H, 8d",
        "P400D, 400d"
    })
    void agesAreAsKubectlWritesThem(Duration age, String text) {
        assertThat(Age.of(age)).isEqualTo(text);
    }
}
