package dev.heddle.node.source;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps of objects that are many and hardly ever read again: the fields that matter here, as compressed
 * JSON. An address's claim takes 60 bytes then, where its text as a string takes 170.
 */
final class PackedItemStore<T extends HasMetadata> implements ItemStore<T> {

    private final Map<String, byte[]> packed = new ConcurrentHashMap<>();
    private final Class<T> kind;
    private final KubernetesSerialization json;
    private final UnaryOperator<T> reduce;

    /** @param reduce makes of an object what is kept of it: at least what names it, its uid and its resourceVersion */
    PackedItemStore(Class<T> kind, KubernetesSerialization json, UnaryOperator<T> reduce) {
        this.kind = kind;
        this.json = json;
        this.reduce = reduce;
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable T put(String key, T object) {
        return unpack(packed.put(key, pack(object)));
    }

    @Override
    public @Nullable T remove(String key) {
        return unpack(packed.remove(key));
    }

    @Override
    public @Nullable T get(String key) {
        return unpack(packed.get(key));
    }

    @Override
    public Stream<String> keySet() {
        return packed.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return packed.values().stream().map(this::unpackNow);
    }

    @Override
    public int size() {
        return packed.size();
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private byte[] pack(T object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(json.asJson(reduce.apply(object)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has no such failures
        }
        return bytes.toByteArray();
    }

    private @Nullable T unpack(byte @Nullable [] bytes) {
        return bytes == null ? null : unpackNow(bytes);
    }

    private T unpackNow(byte[] bytes) {
        return json.unmarshal(new InflaterInputStream(new ByteArrayInputStream(bytes)), kind);
    }
}
