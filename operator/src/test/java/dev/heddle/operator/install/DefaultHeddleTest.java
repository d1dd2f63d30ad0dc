package dev.heddle.operator.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.crds.Heddle;
import dev.heddle.operator.install.DefaultHeddle.Create;
import dev.heddle.operator.install.DefaultHeddle.Done;
import dev.heddle.operator.install.DefaultHeddle.Mark;
import dev.heddle.operator.install.DefaultHeddle.Refuse;
import dev.heddle.operator.install.DefaultHeddle.Wait;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultHeddleTest {

    private static final String HEAD = "apiVersion: heddle.dev/v1alpha1\nkind: Heddle\n";
    private static final ConfigMap UNUSED = new ConfigMapBuilder()
            .withNewMetadata()
            .endMetadata()
            .addToData("heddle.yaml", HEAD)
            .build();
    private static final ConfigMap USED = new ConfigMapBuilder(UNUSED)
            .editMetadata()
            .addToAnnotations("heddle.dev/installed-as", "heddle")
            .endMetadata()
            .build();

    @Test
    void itIsUsedOnceAndOnlyWhereThereIsNoHeddle() {
        Heddle there = heddle(null);
        Heddle going = heddle("2026-01-01T00:00:00Z");

        assertThat(DefaultHeddle.next(UNUSED, List.of())).isInstanceOf(Create.class);
        assertThat(DefaultHeddle.next(UNUSED, List.of(there))).isEqualTo(new Mark("heddle"));
        assertThat(DefaultHeddle.next(UNUSED, List.of(going))).isEqualTo(new Wait());
        assertThat(DefaultHeddle.next(USED, List.of())).isEqualTo(new Done());
        assertThat(DefaultHeddle.next(USED, List.of(going))).isEqualTo(new Done());
    }

    @Test
    void everyFieldThatTheAuthorWroteReachesTheApiServer() {
        assertThat(read(HEAD + "spec: {imag: a}\n"))
                .isInstanceOfSatisfying(
                        Create.class,
                        create -> assertThat(create.heddle().getAdditionalProperties())
                                .containsEntry("spec", Map.of("imag", "a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "[]", "text", "kind: Heddle", HEAD + "---\n" + HEAD, HEAD + "spec: [{"})
    void anythingElseIsRefusedUnderItsField(String text) {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        Refuse.class, refuse -> assertThat(refuse.message()).startsWith("data[heddle.yaml]: "));
    }

    @Test
    void aConfigMapWithoutTheKeyIsRefused() {
        assertThat(DefaultHeddle.next(
                        new ConfigMapBuilder(UNUSED).withData(Map.of()).build(), List.of()))
                .isInstanceOfSatisfying(
                        Refuse.class, refuse -> assertThat(refuse.message()).contains("data[heddle.yaml]: is missing"));
    }

    private static DefaultHeddle read(String text) {
        return DefaultHeddle.next(
                new ConfigMapBuilder(UNUSED)
                        .withData(Map.of("heddle.yaml", text))
                        .build(),
                List.of());
    }

    private static Heddle heddle(@Nullable String deletedAt) {
        Heddle heddle = new Heddle();
        heddle.getMetadata().setName("heddle");
        heddle.getMetadata().setDeletionTimestamp(deletedAt);
        return heddle;
    }
}
