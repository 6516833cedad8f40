package io.stampede.report.export;

import java.util.function.Supplier;

/** One file of a load test, with what it is called where it is attached. */
public final class LoadTestFile {

    private final String title;
    private final String name;
    private final String type;
    private final byte[] content;
    private final Supplier<byte[]> attachment;

    LoadTestFile(String title, String name, String type, byte[] content, Supplier<byte[]> attachment) {
        this.title = title;
        this.name = name;
        this.type = type;
        this.content = content;
        this.attachment = attachment;
    }

    /** Such as {@code Result (JSON)}. */
    public String title() {
        return title;
    }

    /** Such as {@code result.json}. */
    public String name() {
        return name;
    }

    /** Such as {@code .json}. */
    public String extension() {
        return name.substring(name.lastIndexOf('.'));
    }

    /** Its media type. */
    public String type() {
        return type;
    }

    public byte[] content() {
        return content;
    }

    /** What a report attaches, which must stay small: the content, or the most important of it. */
    public byte[] attachment() {
        return attachment.get();
    }
}
