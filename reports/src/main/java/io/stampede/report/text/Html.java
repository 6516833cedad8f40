package io.stampede.report.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes markup that is well-formed XML and reads as HTML too. Whatever is given as text or as the value of an attribute
 * is escaped, so that nothing from outside can become markup, and an element that is left open is an error. For one
 * thread.
 */
public final class Html {

    /** What a page may do: use its own style sheet. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    /** Elements that have no content, and no end tag in HTML. */
    private static final Set<String> VOID = Set.of("br", "meta");

    private final StringBuilder xml = new StringBuilder(16 * 1024);
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inStartTag;

    /** Markup that this project made, and that goes into a page as it is. */
    public record Markup(String xml) {}

    /**
     * A complete page without scripts, which loads nothing from elsewhere.
     *
     * @param css style sheet of the page; not from outside, since it goes in as it is
     */
    public static String page(String title, String css, Consumer<Html> body) {
        Html html = new Html();
        html.open("html").with("xmlns", "http://www.w3.org/1999/xhtml").with("lang", "en");
        html.line().open("head").line();
        html.open("meta").with("charset", "utf-8").close("meta").line();
        html.open("meta").with("http-equiv", "Content-Security-Policy").with("content", POLICY);
        html.close("meta").line();
        html.open("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1");
        html.close("meta").line();
        html.element("title", title).line();
        html.open("style").markup(new Markup("\n" + css)).close("style").line();
        html.close("head").line().open("body").line();
        body.accept(html);
        html.close("body").line().close("html").line();
        return "<!DOCTYPE html>\n" + html;
    }

    /** Begins an element; its attributes come next. */
    public Html open(String element) {
        endStartTag();
        xml.append('<').append(element);
        open.push(element);
        inStartTag = true;
        return this;
    }

    /** An attribute of the element that was just begun; none if there is no value. */
    public Html with(String attribute, @Nullable String value) {
        if (!inStartTag) {
            throw new IllegalStateException("attribute " + attribute + " must come right after open()");
        }
        if (value != null) {
            xml.append(' ')
                    .append(attribute)
                    .append("=\"")
                    .append(Text.escape(value))
                    .append('"');
        }
        return this;
    }

    /** A number as an attribute, whole if it is, for programs to read; none if it is not finite. */
    public Html with(String attribute, double value) {
        boolean whole = Math.rint(value) == value && Math.abs(value) < 1L << 53;
        return with(
                attribute,
                Double.isFinite(value) ? (whole ? Long.toString((long) value) : Double.toString(value)) : null);
    }

    /** Text within the element that is open. */
    public Html text(String text) {
        endStartTag();
        xml.append(Text.escape(text));
        return this;
    }

    /** A line break in the markup, which does not show on the page. */
    public Html line() {
        endStartTag();
        xml.append('\n');
        return this;
    }

    /** Markup as it is. */
    public Html markup(Markup markup) {
        endStartTag();
        xml.append(markup.xml());
        return this;
    }

    /** An element without attributes that has nothing but text in it. */
    public Html element(String element, String text) {
        return open(element).text(text).close(element);
    }

    /** Ends the innermost element, which must be this one. */
    public Html close(String element) {
        if (!element.equals(open.peek())) {
            throw new IllegalStateException("the element to close is " + open.peek() + ", not " + element);
        }
        open.pop();
        if (inStartTag && VOID.contains(element)) {
            inStartTag = false;
            xml.append(" />");
        } else {
            endStartTag();
            xml.append("</").append(element).append('>');
        }
        return this;
    }

    private void endStartTag() {
        if (inStartTag) {
            inStartTag = false;
            xml.append('>');
        }
    }

    /** What was written; every element must be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not closed: " + open);
        }
        return xml.toString();
    }
}
