// Allure 3's report of the load tests, with gates of one's own: copy it into a project's directory. In there, after a run:
//   npx allure@3 generate
//   npx allure@3 quality-gate    (Node 22 or later)
// What it imports is written by each run: titles, units, the better direction, gates from the targets tables, categories.
import stampede from "./target/stampede/allurerc.mjs";

export default {
  ...stampede,
  name: "Conversation storage under load",
  qualityGate: {
    rules: [
      ...stampede.qualityGate.rules,
      // Beside what the targets say: no slower than half as fast as in the run before.
      {
        id: "spike-not-much-slower",
        metricMaxDeltaPercent: { key: "ConversationStorageLoadTest.spike.response_p95_ms", value: 100 },
      },
    ],
  },
};
