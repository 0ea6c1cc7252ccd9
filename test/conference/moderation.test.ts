import { describe, expect, it } from "vitest";
import {
  type Actor,
  mayAdministrate,
  mayModerate,
  mayTakePart,
  type Permission,
} from "../../src/conference/moderation.ts";
import { aPerson, anActor, TEAM } from "../support/builders.ts";

const isabelle = aPerson({ id: "isabelle", slackUserId: "U0ISABELLE", role: "moderator" });
const mabel = aPerson();
const guestModerator = aPerson({ id: "guest", name: "Blathers", slackUserId: null, role: "moderator" });
const conference = { teamId: TEAM, roster: [isabelle, mabel, guestModerator] };

const actors = {
  "a moderator": anActor(),
  "a participant": anActor({ userId: "U0MABEL" }),
  "a member on no roster": anActor({ userId: "U0CELESTE" }),
  "an admin": anActor({ userId: "U0ADMIN", isAdmin: true }),
  "an owner": anActor({ userId: "U0OWNER", isOwner: true }),
  "a guest": anActor({ userId: "U0GUEST", isGuest: true }),
  "a moderator who is a guest": anActor({ isGuest: true }),
  "a moderator who was deleted": anActor({ isDeleted: true }),
  "a moderator from another organisation": anActor({ isStranger: true }),
  "a moderator of another team": anActor({ teamId: "T0OTHER" }),
  "an admin of another team": anActor({ isAdmin: true, teamId: "T0OTHER" }),
  "an admin who is a stranger": anActor({ isAdmin: true, isStranger: true }),
  "an owner who was deleted": anActor({ isOwner: true, isDeleted: true }),
  "a bot": anActor({ userId: "U0BOT", isBot: true }),
  "a bot that is an admin": anActor({ userId: "U0BOT", isBot: true, isAdmin: true }),
  "somebody with a moderator's name": anActor({ userId: "U0OTHER", name: "Blathers" }),
  "somebody whom Slack cannot name": null,
} satisfies Record<string, Actor | null>;

type Kind = Permission["kind"];

/** What each may: change this conference, make the first in a channel, change the whole line. */
const MATRIX: Record<keyof typeof actors, [Kind, Kind, Kind]> = {
  "a moderator": ["allowed", "allowed", "not-an-admin"],
  "a participant": ["not-a-moderator", "allowed", "not-an-admin"],
  "a member on no roster": ["not-a-moderator", "allowed", "not-an-admin"],
  "an admin": ["allowed", "allowed", "allowed"],
  "an owner": ["allowed", "allowed", "allowed"],
  "a guest": ["outsider", "outsider", "outsider"],
  "a moderator who is a guest": ["outsider", "outsider", "outsider"],
  "a moderator who was deleted": ["outsider", "outsider", "outsider"],
  "a moderator from another organisation": ["outsider", "outsider", "outsider"],
  "a moderator of another team": ["outsider", "outsider", "outsider"],
  "an admin of another team": ["outsider", "outsider", "outsider"],
  "an admin who is a stranger": ["outsider", "outsider", "outsider"],
  "an owner who was deleted": ["outsider", "outsider", "outsider"],
  "a bot": ["outsider", "outsider", "outsider"],
  "a bot that is an admin": ["outsider", "outsider", "outsider"],
  "somebody with a moderator's name": ["not-a-moderator", "allowed", "not-an-admin"],
  "somebody whom Slack cannot name": ["unknown-actor", "unknown-actor", "unknown-actor"],
};

describe.each(Object.entries(MATRIX))("%s", (who, [change, found, administrate]) => {
  const actor = Object.entries(actors).find(([name]) => name === who)?.[1] ?? null;

  it(`asking to change a conference is: ${change}`, () => {
    expect(mayModerate(actor, conference, TEAM).kind).toBe(change);
  });

  it(`asking to make the first one of a channel is: ${found}`, () => {
    expect(mayModerate(actor, null, TEAM).kind).toBe(found);
  });

  it("may speak for nobody but themselves as far as they may make a conference", () => {
    expect(mayTakePart(actor, TEAM).kind).toBe(found);
  });

  it(`asking to change the line is: ${administrate}`, () => {
    expect(mayAdministrate(actor, TEAM).kind).toBe(administrate);
  });
});

it("gives a moderator of this workspace no say over a conference of another", () => {
  expect(mayModerate(anActor(), { ...conference, teamId: "T0OTHER" }, TEAM)).toEqual({ kind: "outsider" });
});
