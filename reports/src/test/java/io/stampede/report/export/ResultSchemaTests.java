package io.stampede.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.stampede.internal.report.ResultJson;
import io.stampede.report.LoadReporter;
import io.stampede.report.summary.ComparisonSectionTests;
import io.stampede.report.testing.Samples;
import io.stampede.result.Ending;
import io.stampede.result.GeneratorHealth;
import io.stampede.result.LoadResult;
import io.stampede.scenario.Validity;
import io.stampede.verdict.Verdict;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The schema that is shipped says all that results have, and nothing else. */
class ResultSchemaTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(Dialects.getDraft202012()).getSchema(closed(shipped()));

    static Stream<String> kinds() {
        return Samples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void resultsKeepIt(String kind) {
        assertThat(SCHEMA.validate(JSON.readTree(json(kind)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 9})
    void comparisonsKeepIt(int runs) {
        Samples.Sample sample = Samples.sustained();
        Verdict verdict = ComparisonSectionTests.with(sample.verdict(), ComparisonSectionTests.comparison(runs, 1.3));

        assertThat(SCHEMA.validate(JSON.readTree(json(sample.result(), verdict))))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyValidityKeepsIt(Validity.Mode mode) {
        Samples.Sample sample = Samples.sustained();
        LoadResult result = sample.result()
                .copy()
                .generator(GeneratorHealth.unknown(Validity.DEFAULT.as(mode)))
                .ending(new Ending(null, null, null, null, "2 threads did not end"))
                .build();

        assertThat(SCHEMA.validate(JSON.readTree(json(result, sample.verdict()))))
                .isEmpty();
    }

    @Test
    void seesWhatIsMissingWrongOrUnknown() {
        ObjectNode result = (ObjectNode) JSON.readTree(json("stress"));
        assertThat(SCHEMA.validate(result)).isEmpty();

        ((ObjectNode) result.get("phases").get(0)).put("planned", "many");
        result.remove("machine");
        result.put("stranger", 1);

        assertThat(SCHEMA.validate(result)).hasSize(3);
    }

    @Test
    void saysTheVersionThatIsWritten() {
        assertThat(shipped().get("properties").get("schema").get("const").asInt())
                .isEqualTo(ResultJson.SCHEMA);
    }

    private static JsonNode shipped() {
        try (InputStream schema =
                Objects.requireNonNull(LoadReporter.class.getResourceAsStream("result.schema.json"))) {
            return JSON.readTree(schema);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Others may add fields; here a field that the schema does not name is one that was forgotten. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ResultSchemaTests::closed);
        return node;
    }

    private static String json(String kind) {
        Samples.Sample sample = Objects.requireNonNull(Samples.all().get(kind));
        return json(sample.result(), sample.verdict());
    }

    private static String json(LoadResult result, Verdict verdict) {
        StringWriter json = new StringWriter();
        ResultJson.write(result, verdict, json);
        return json.toString();
    }
}
