package dev.heddle.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Each entry is one line that a program can read, and names the object that it is about. */
class JsonLinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void anEntryHasItsTimeLevelLoggerAndMessage() throws Exception {
        LogRecord entry = entry(Level.WARNING, "two are ready");
        entry.setInstant(Instant.parse("2026-11-25T10:00:00.5Z"));
        JsonNode line = read(entry);
        assertThat(line.at("/time").asText()).isEqualTo("2026-11-25T10:00:00.500Z");
        assertThat(line.at("/level").asText()).isEqualTo("WARN");
        assertThat(line.at("/logger").asText()).isEqualTo("dev.heddle.node.Test");
        assertThat(line.at("/message").asText()).isEqualTo("two are ready");
        assertThat(line.has("object")).isFalse();
        assertThat(line.has("stackTrace")).isFalse();
    }

    @Test
    void anEntryNamesTheObjectThatItIsAboutAndTheNextOneDoesNot() throws Exception {
        JsonNode about;
        try (About _ = About.object("NetworkPolicy", "shop", "allow-web", 3)) {
            about = read(entry(Level.WARNING, "spec.ingress[0]: what is wrong"));
        }
        assertThat(about.at("/object")).isEqualTo(JSON.readTree("""
                        {"kind": "NetworkPolicy", "namespace": "shop", "name": "allow-web", "generation": "3"}
                        """));
        assertThat(read(entry(Level.INFO, "next")).has("object")).isFalse();
    }

    @Test
    void nothingThatIsSaidBreaksTheLine() throws Exception {
        String nasty = "quote \" backslash \\ line\nfeed\r tab\t bell\u0007 null\u0000 ü 🚀 {0}";
        LogRecord entry = entry(Level.SEVERE, nasty);
        entry.setThrown(new IllegalStateException(nasty));
        String text = new JsonLines().format(entry);
        assertThat(text.strip()).doesNotContain("\n");
        JsonNode line = JSON.readTree(text);
        assertThat(line.at("/level").asText()).isEqualTo("ERROR");
        assertThat(line.at("/message").asText()).isEqualTo(nasty);
        assertThat(line.at("/stackTrace").asText()).contains(nasty, "JsonLinesTest");
    }

    private static LogRecord entry(Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName("dev.heddle.node.Test");
        return entry;
    }

    private static JsonNode read(LogRecord entry) throws Exception {
        return JSON.readTree(new JsonLines().format(entry));
    }
}
