package dev.heddle.operator.write;

import dev.heddle.operator.index.Note;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Writes events on policies, where {@code kubectl describe} shows them. */
final class EventWriter {

    /** The API's bound for an event's message. */
    private static final int LONGEST_MESSAGE = 1024;

    private final Applier applier;

    EventWriter(Applier applier) {
        this.applier = applier;
    }

    /** An event's name is made of what it says, so that saying it twice adds nothing. */
    void write(String namespace, Note note, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String message = note.message().length() <= LONGEST_MESSAGE
                ? note.message()
                : note.message().substring(0, LONGEST_MESSAGE);
        Event event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(note))
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion("networking.k8s.io/v1")
                .withKind(note.about().kind())
                .withNamespace(namespace)
                .withName(note.about().name())
                .withUid(note.about().uid())
                .endInvolvedObject()
                .withType(note.warning() ? "Warning" : "Normal")
                .withReason(note.reason().name())
                .withMessage(message)
                .withNewSource()
                .withComponent(Applier.FIELD_MANAGER)
                .endSource()
                .withReportingComponent(Applier.FIELD_MANAGER)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
        try {
            applier.client().resource(event).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    private static String name(Note note) {
        int words = (note.about().uid() + note.about().generation() + note.reason() + note.message()).hashCode();
        String policy = note.about().name();
        return (policy.length() > 200 ? policy.substring(0, 200) : policy)
                + "."
                + HexFormat.of().toHexDigits(words);
    }
}
