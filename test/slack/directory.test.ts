import { describe, expect, it } from "vitest";
import { findPerson } from "../../src/slack/directory.ts";
import { anActor, TEAM } from "../support/builders.ts";

const userId = "U0ISABELLE";
const member = { id: userId, team_id: TEAM, name: "isabelle", profile: {} };
const slackThatSays = (answer: unknown) => ({
  users: { info: async () => answer },
  conversations: { info: async () => ({}) },
});
const actorOf = async (user: object) =>
  (await findPerson(slackThatSays({ user: { ...member, ...user } }), userId))?.actor ?? null;

describe("whom Slack describes", () => {
  it.each([
    ["a member", {}, {}],
    ["a multi-channel guest", { is_restricted: true }, { isGuest: true }],
    ["a single-channel guest", { is_ultra_restricted: true }, { isGuest: true }],
    ["somebody of another organisation", { is_stranger: true }, { isStranger: true }],
    ["a bot", { is_bot: true }, { isBot: true }],
    ["somebody who was deactivated", { deleted: true }, { isDeleted: true }],
    ["an admin", { is_admin: true }, { isAdmin: true }],
    ["an owner", { is_owner: true }, { isOwner: true }],
    ["the primary owner", { is_primary_owner: true }, { isOwner: true }],
    ["somebody of another team", { team_id: "T0OTHER" }, { teamId: "T0OTHER" }],
  ])("is known for %s, and nothing else", async (_, user, standing) => {
    expect(await actorOf(user)).toEqual(anActor({ name: "isabelle", ...standing }));
  });

  it.each([
    ["somebody else", { user: { ...member, id: "U0OTHER" } }],
    ["nobody", {}],
    ["what cannot be read", { user: { ...member, is_restricted: "no" } }],
  ])("is nobody when it describes %s", async (_, answer) => {
    expect(await findPerson(slackThatSays(answer), userId)).toBeNull();
  });

  it("is nobody when it does not answer", async () => {
    const slack = { ...slackThatSays({}), users: { info: () => Promise.reject(new Error("down")) } };

    expect(await findPerson(slack, userId)).toBeNull();
  });
});
