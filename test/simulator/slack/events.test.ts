import { expect, it } from "vitest";
import { ELSEWHERE, ISABELLE, real, shapeOf, STANDUP, startSlack, TOMMY } from "./a-slack.ts";

type Envelope = { event_id: string; event: { type: string } };

function envelopesOf(received: { body: string }[]): Envelope[] {
  // Read back from the bytes that our own simulator has just written.
  return received.map(({ body }) => JSON.parse(body) as Envelope);
}

it("tells of joining a channel in the shape of the real event", async () => {
  const { slack, received } = await startSlack();
  await slack.inviteApp(ELSEWHERE, ISABELLE);

  const [envelope] = envelopesOf(received);
  expect(received[0]?.headers["content-type"]).toBe("application/json");
  expect(shapeOf(envelope)).toEqual(shapeOf(real("slack-event-member-joined-channel.json")));
  expect(envelope).toMatchObject({ event: { user: "U0BOTEXMP1", channel: ELSEWHERE, inviter: ISABELLE } });
});

it("tells of archived channels, changed people and an opened home tab", async () => {
  const { slack, received } = await startSlack();
  await slack.archive(STANDUP);
  await slack.updateUser(TOMMY, { deleted: true });
  await slack.openHome(ISABELLE);

  const names = [
    "slack-event-channel-archive.json",
    "slack-event-user-deactivated.json",
    "slack-event-app-home-opened.json",
  ];
  expect(envelopesOf(received).map(shapeOf)).toEqual(names.map((name) => shapeOf(real(name))));
});

it("tells of a revoked token without an authorization, and of an uninstalled app", async () => {
  const { slack, received } = await startSlack();
  await slack.revokeToken("account_inactive");

  expect(envelopesOf(received)).toMatchObject([
    { event: { type: "tokens_revoked", tokens: { bot: ["U0BOTEXMP1"] } }, authorizations: [] },
    { event: { type: "app_uninstalled" }, authorizations: [] },
  ]);
});

it("tells only of what the app has subscribed to", async () => {
  const { slack, received } = await startSlack({ events: ["user_change"] });
  await slack.inviteApp(ELSEWHERE);
  await slack.updateUser(TOMMY, { phone: "+12025550199" });
  expect(envelopesOf(received).map(({ event }) => event.type)).toEqual(["user_change"]);
});

it("tries a failed event again at once, after a minute and after five, with the same event_id", async () => {
  const { slack, received, reply, clock } = await startSlack();
  reply(() => ({ status: 503 }));
  const outcome = await slack.event("app_mention", { user: TOMMY });
  await clock.advance(60_000);
  expect(received).toHaveLength(3);
  await clock.advance(300_000);
  await clock.advance(3_600_000);

  expect(received.map(({ headers }) => headers["x-slack-retry-num"])).toEqual([undefined, "1", "2", "3"]);
  expect(received.at(-1)?.headers["x-slack-retry-reason"]).toBe("http_error");
  expect(new Set(envelopesOf(received).map(({ event_id: id }) => id))).toEqual(new Set([outcome.eventId]));
  expect(outcome.attempts).toHaveLength(4);
});

it("stops trying once an attempt succeeds, or the service says so", async () => {
  const { slack, received, reply, clock } = await startSlack();
  reply(() => ({ status: received.length === 1 ? 500 : 200 }));
  await slack.event("app_mention", {});
  expect(received).toHaveLength(2);
  reply(() => ({ status: 500, headers: { "x-slack-no-retry": "1" } }));
  await slack.event("app_mention", {});
  await clock.advance(3_600_000);
  expect(received).toHaveLength(3);
});

it("says that a service was too slow", async () => {
  const { slack, received, reply, clock } = await startSlack();
  reply(async () => {
    if (received.length === 1) await clock.sleep(3500);
    return {};
  });
  const sent = slack.event("app_mention", {});
  await clock.advance(3500);
  await sent;
  expect(received[1]?.headers["x-slack-retry-reason"]).toBe("http_timeout");
});
