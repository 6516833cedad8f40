package io.stampede.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.stampede.report.testing.Samples;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlTests {

    private final Html html = new Html();

    @Test
    void escapesTextAndAttributes() {
        html.open("a").with("href", "\"><script>").text("<b>&'\"").close("a");

        assertThat(html).hasToString("<a href=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;&quot;</a>");
    }

    @Test
    void leavesOutAnAttributeWithoutAValueOrANumberThatIsNone() {
        html.open("td").with("class", null).with("data-value", Double.NaN).with("data-count", 3.0);
        html.with("data-share", 0.25).close("td");

        assertThat(html).hasToString("<td data-count=\"3\" data-share=\"0.25\"></td>");
    }

    @Test
    void closesAnElementWithoutContentAsXmlAndHtmlBothRead() {
        html.open("p").open("br").close("br").close("p").open("p").close("p");

        assertThat(html).hasToString("<p><br /></p><p></p>");
    }

    @Test
    void refusesWhatWouldNotBeWellFormed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Html().open("p").text("a").with("class", "late"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new Html().open("p").open("b").close("p"));
        assertThatIllegalStateException().isThrownBy(() -> new Html().close("p"));
        assertThatIllegalStateException().isThrownBy(() -> new Html().open("p").toString());
    }

    @Test
    void aPageIsWellFormedAndLoadsNothing() throws Exception {
        String page = Html.page(Samples.NASTY, "p > b { color: red; }", body -> body.element("p", Samples.NASTY));

        Document parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));

        assertThat(parsed.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(Text.visible(Samples.NASTY));
        assertThat(parsed.getElementsByTagName("p").item(0).getTextContent()).isEqualTo(Text.visible(Samples.NASTY));
        assertThat(parsed.getElementsByTagName("script").getLength()).isZero();
        assertThat(page).contains("p > b { color: red; }", "default-src &#39;none&#39;");
    }
}
