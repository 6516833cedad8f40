package io.stampede.storage.http;

import io.stampede.storage.metrics.StorageStats;
import io.stampede.storage.model.Conversation;
import io.stampede.storage.model.Page;
import io.stampede.storage.model.SimilarConversation;
import io.stampede.storage.model.StoredConversation;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The bodies of answers. */
final class ResponseBodies {

    private ResponseBodies() {}

    static byte[] conversation(StoredConversation stored) {
        return Json.write(out -> write(out, stored));
    }

    static byte[] page(List<StoredConversation> found, Page page, @Nullable String next) {
        return Json.write(out -> {
            out.writeArrayPropertyStart("items");
            for (StoredConversation one : found) {
                out.writeStartObject();
                write(out, one);
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeNumberProperty("page", page.number());
            out.writeNumberProperty("size", page.size());
            if (next != null) {
                out.writeStringProperty("next", next);
            }
        });
    }

    static byte[] similar(List<SimilarConversation> found) {
        return Json.write(out -> {
            out.writeArrayPropertyStart("items");
            for (SimilarConversation one : found) {
                out.writeStartObject();
                out.writeNumberProperty("similarity", one.similarity());
                out.writeObjectPropertyStart("conversation");
                write(out, one.stored());
                out.writeEndObject();
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    static byte[] stats(StorageStats stats) {
        return Json.write(out -> {
            out.writeStringProperty("at", stats.at().toString());
            out.writeNumberProperty("accepted", stats.accepted());
            out.writeNumberProperty("queued", stats.queued());
            out.writeNumberProperty("queueCapacity", stats.queueCapacity());
            out.writeNumberProperty("storing", stats.storing());
            out.writeNumberProperty("stored", stats.stored());
            out.writeNumberProperty("embeddingBacklog", stats.embeddingBacklog());
            out.writeNumberProperty("completed", stats.completed());
            out.writeNumberProperty("notStored", stats.notStored());
            out.writeNumberProperty("notEmbedded", stats.notEmbedded());
            out.writeNumberProperty("rejected", stats.rejected());
            out.writeNumberProperty("cacheHits", stats.cacheHits());
            out.writeNumberProperty("cacheMisses", stats.cacheMisses());
            out.writeBooleanProperty("breakerOpen", stats.breakerOpen());
            out.writeNumberProperty("poolActive", stats.poolActive());
            out.writeNumberProperty("poolSize", stats.poolSize());
            out.writeNumberProperty("batchSize", stats.batchSize());
            out.writeNumberProperty("batchDelayMillis", stats.batchDelay().toMillis());
        });
    }

    /** The error of an embedding stays inside: it names addresses. */
    private static void write(JsonGenerator out, StoredConversation stored) {
        Conversation conversation = stored.conversation();
        out.writeStringProperty("id", stored.id().toString());
        out.writeStringProperty("userId", conversation.userId());
        out.writeStringProperty("channel", conversation.channel().name());
        out.writeStringProperty("transcript", conversation.transcript());
        out.writeStringProperty("summary", conversation.summary());
        out.writeName("metadata");
        out.writeRawValue(conversation.metadata());
        out.writeStringProperty("acceptedAt", stored.acceptedAt().toString());
        out.writeStringProperty("embedding", stored.embedding().name().toLowerCase(Locale.ROOT));
    }
}
