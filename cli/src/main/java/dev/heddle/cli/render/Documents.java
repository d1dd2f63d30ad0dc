package dev.heddle.cli.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Answers for programs. What is absent is left out. */
public final class Documents {

    private static final JsonInclude.Value PRESENT =
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL);

    private Documents() {}

    public static String json(Object answer) {
        return write(
                JsonMapper.builder()
                        .defaultPropertyInclusion(PRESENT)
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build(),
                answer);
    }

    public static String yaml(Object answer) {
        return write(
                YAMLMapper.builder()
                        .defaultPropertyInclusion(PRESENT)
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .build(),
                answer);
    }

    private static String write(ObjectMapper mapper, Object answer) {
        try {
            return mapper.writeValueAsString(answer).stripTrailing() + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError("answers are records of texts and numbers", e);
        }
    }
}
