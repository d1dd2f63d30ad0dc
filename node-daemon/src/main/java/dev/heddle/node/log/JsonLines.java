package dev.heddle.node.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.MDC;

/**
 * One line for each entry, a JSON object (RFC 8259) with {@code time}, {@code level}, {@code logger} and {@code message}, the
 * {@code object} that it is {@link About}, and {@code stackTrace} of what was thrown. The operator's entries have the same
 * names.
 */
public final class JsonLines extends Formatter {

    private static final String HEX = "0123456789abcdef";

    /** From now on what the process logs has this form. */
    public static void install() {
        for (var handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new JsonLines());
        }
    }

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder("{");
        field(line, "time", entry.getInstant().toString());
        field(line, "level", level(entry.getLevel()));
        field(line, "logger", String.valueOf(entry.getLoggerName()));
        field(line, "message", formatMessage(entry));
        Map<String, String> object = object();
        if (!object.isEmpty()) {
            line.append(",\"object\":{");
            object.forEach((key, value) -> field(line, key, value));
            line.append('}');
        }
        if (entry.getThrown() != null) {
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            field(line, "stackTrace", trace.toString());
        }
        return line.append("}\n").toString();
    }

    /** Entries are formatted on the thread that makes them. */
    private static Map<String, String> object() {
        Map<String, String> object = new LinkedHashMap<>();
        for (String key : About.KEYS) {
            String value = MDC.get(key);
            if (value != null) {
                object.put(key, value);
            }
        }
        return object;
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }

    private static void field(StringBuilder line, String name, String value) {
        if (line.charAt(line.length() - 1) != '{') {
            line.append(',');
        }
        line.append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> line.append('\\').append(c);
                case '\n' -> line.append("\\n");
                case '\t' -> line.append("\\t");
                case '\r' -> line.append("\\r");
                default -> {
                    if (c < ' ') {
                        line.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}
