package dev.heddle.operator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What is logged from now on, with the objects that it is about. */
final class LogEntries extends Handler {

    private final List<ExtLogRecord> entries = new CopyOnWriteArrayList<>();

    static LogEntries of(String logger) {
        LogEntries log = new LogEntries();
        Logger.getLogger(logger).addHandler(log);
        return log;
    }

    List<ExtLogRecord> entries() {
        return List.copyOf(entries);
    }

    @Override
    public void publish(LogRecord entry) {
        ExtLogRecord wrapped = ExtLogRecord.wrap(entry);
        wrapped.copyMdc(); // another thread reads it
        entries.add(wrapped);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
