import { expect, it } from "vitest";
import { slackCoverage } from "../../../src/simulator/slack/coverage.ts";
import { startSlack } from "./a-slack.ts";

it("states every route as supported or partial, and has no other", async () => {
  const { slack } = await startSlack();
  const routes = slack.router.stack.flatMap(({ route }) =>
    route ? route.stack.map(({ method }) => `${method.toUpperCase()} ${route.path}`) : [],
  );
  expect(routes.toSorted()).toEqual(slackCoverage.map(({ method, path }) => `${method} ${path}`).toSorted());
});

it("says of every partial route what is missing", () => {
  expect(slackCoverage.filter(({ support, note }) => support === "partial" && !note)).toEqual([]);
});
