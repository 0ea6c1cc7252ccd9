import type { PhoneSeed } from "../simulator/page/wire-world.ts";
import type { SlackOptions } from "../simulator/slack/seeds.ts";

/** The people of the demo. */

/** Where most of them are; the others see other times. */
export const NEW_YORK = "America/New_York";

export const LINE = "+12025550190";
export const ISABELLE = { id: "U0ISABELLE", number: "+12025550110" };
export const TOMMY = { id: "U0TOMMY", number: "+12025550111" };
export const MABEL = { id: "U0MABEL", number: "+12025550112" };
export const BLATHERS = { number: "+12025550113" };
/** On no roster, and not in Slack. */
export const SOMEBODY = { number: "+12025550166" };

export const PHONES: readonly PhoneSeed[] = [
  { owner: "Isabelle", number: ISABELLE.number, userId: ISABELLE.id, about: "moderator" },
  { owner: "Tommy", number: TOMMY.number, userId: TOMMY.id },
  { owner: "Mabel", number: MABEL.number, userId: MABEL.id },
  { owner: "Blathers", number: BLATHERS.number, about: "a guest by name, not in Slack" },
  { owner: "Somebody", number: SOMEBODY.number, about: "on no roster" },
];

export function ownerOf(number: string): string {
  return PHONES.find((phone) => phone.number === number)?.owner ?? number;
}

export const CHANNEL = "C0TOWNHALL";

export const SLACK: SlackOptions = {
  teamId: "T0ISLAND",
  botToken: "simulated-bot-token",
  signingSecret: "simulated-signing-secret",
  users: [
    { id: ISABELLE.id, name: "Isabelle", realName: "Isabelle", phone: "(202) 555-0110", tz: NEW_YORK },
    { id: TOMMY.id, name: "Tommy", realName: "Tommy", tz: "Europe/Paris" },
    { id: MABEL.id, name: "Mabel", realName: "Mabel", tz: "America/Los_Angeles" },
    { id: "U0NOOK", name: "nook", realName: "Tom Nook", isAdmin: true, tz: NEW_YORK },
    { id: "U0REDD", name: "redd", realName: "Redd", isRestricted: true, tz: NEW_YORK },
    {
      id: "U0GULLIVER",
      name: "gulliver",
      realName: "Gulliver",
      isStranger: true,
      teamId: "T0ELSEWHERE",
      tz: "Asia/Tokyo",
    },
  ],
  channels: [
    {
      id: CHANNEL,
      name: "town-hall",
      appIsIn: true,
      members: [ISABELLE.id, TOMMY.id, MABEL.id, "U0NOOK", "U0REDD", "U0GULLIVER"],
    },
    { id: "C0RANDOM", name: "random", members: [ISABELLE.id, TOMMY.id, MABEL.id, "U0NOOK"] },
  ],
};
