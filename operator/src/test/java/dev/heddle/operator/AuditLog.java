package dev.heddle.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the API server was asked for, by the user agent of who asked. */
record AuditLog(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

    /** What was written, but for the election itself; one line for each. */
    List<String> writes(String agent) throws IOException {
        return of(
                agent,
                event -> WRITES.contains(event.at("/verb").asText())
                        && !isElection(event)
                        && event.at("/responseStatus/code").asInt() < 300);
    }

    /** How often the lease was looked at. */
    int looksAtTheLease(String agent) throws IOException {
        return of(
                        agent,
                        event -> isElection(event) && event.at("/verb").asText().equals("get"))
                .size();
    }

    private List<String> of(String agent, Predicate<JsonNode> which) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(AuditLog::parse)
                    .filter(event -> event.at("/userAgent").asText().equals(agent))
                    .filter(which)
                    .map(event -> event.at("/verb").asText() + " "
                            + event.at("/objectRef/resource").asText() + "/"
                            + event.at("/objectRef/name").asText())
                    .toList();
        }
    }

    /** The Lease, and the question whether one may write it. */
    private static boolean isElection(JsonNode event) {
        String resource = event.at("/objectRef/resource").asText();
        return resource.equals("leases") || resource.equals("selfsubjectrulesreviews");
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("not a line of an audit log: " + line, e);
        }
    }
}
