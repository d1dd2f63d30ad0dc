package dev.heddle.operator.source;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;

/** JSON as it came: a tenth of the memory of the objects that it stands for, which are needed once for each change. */
@JsonDeserialize(using = RawJson.Reader.class)
record RawJson(@JsonRawValue @JsonValue String text) {

    /** Reads any value. */
    static final class Reader extends JsonDeserializer<RawJson> {
        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return new RawJson(parser.readValueAsTree().toString());
        }
    }
}
