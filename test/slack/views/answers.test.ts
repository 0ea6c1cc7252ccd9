import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/slack/command-text.ts";
import { helpMessage } from "../../../src/slack/views/help.ts";
import { offerNumberMessage } from "../../../src/slack/views/offer-number.ts";
import { rosterListMessage, type RosterList } from "../../../src/slack/views/roster-list.ts";
import { settingsMessage } from "../../../src/slack/views/settings.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

const person = (name: string) => ({ name, slackUserId: null });

describe("/conf list", () => {
  const entry = (name: string, overrides: Partial<RosterList["people"][number]> = {}) => ({
    ...person(name),
    role: "participant" as const,
    maskedNumber: "•••• 21",
    isLocked: false,
    ...overrides,
  });

  it("shows names, roles and two digits, moderators first", () => {
    const answer = rosterListMessage({
      title: "eng-standup",
      people: [
        entry("Tommy", { isLocked: true }),
        entry("Mabel"),
        entry("Zoe", { role: "moderator", maskedNumber: null }),
      ],
    });

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toBe(
      [
        "eng-standup",
        "*On the roster (3)*",
        "• Zoe · moderator · no number yet",
        "• Mabel · •••• 21",
        "• Tommy · •••• 21 · locked",
      ].join("\n"),
    );
    expect(answer.text).toBe(
      "The roster of eng-standup, 3: Zoe, moderator, no number yet; Mabel, •••• 21; Tommy, •••• 21, locked.",
    );
  });

  it("says what to do when it is empty", () => {
    expect(shown(rosterListMessage({ title: "eng", people: [] }))).toBe(
      "Nobody is on the roster of eng yet. `/conf add` puts somebody on it.",
    );
  });

  it("holds a crowd, and names that would be markup", () => {
    const worst = Array.from({ length: 5000 }, (_, index) =>
      entry(`${index}${"&".repeat(76)}`, { role: "moderator", isLocked: true }),
    );
    const answer = rosterListMessage({ title: "eng", people: worst });

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toContain("and 4800 more");
    const nameless = worst.map((one) => ({ ...one, name: "", maskedNumber: null }));
    const fewer = rosterListMessage({ title: "eng", people: nameless });
    expect(faultsOf(fewer)).toEqual([]);
    expect(shown(fewer)).toContain("and 4900 more");
    const list = (name: string) => rosterListMessage({ title: name, people: [entry(name)] });
    expect(namesThatAreMarkup(list, nastyStrings)).toEqual([]);
  });
});

describe("/conf settings", () => {
  it("shows the number to dial whole, the grace time and where alerts go", () => {
    const entry = { entry: "anytime", earlyMinutes: 15 } as const;
    const settings = {
      title: "eng",
      graceSeconds: 90,
      ...entry,
      alertsChannelId: "C0OPS",
      phoneNumber: "+18005550100",
    };
    const answer = settingsMessage(settings);

    expect(shown(answer)).toBe(
      [
        "eng",
        "*Dial in*: +18005550100",
        "*Grace*: 90 seconds until the call ends without a moderator",
        "*Entry*: callers are let in whenever they call",
        "*Callers on no roster*: told to <#C0OPS>",
      ].join("\n"),
    );
    expect(answer.text).toBe(
      "Settings of eng. Dial in: +18005550100. Grace: 90 seconds until the call ends without a moderator. " +
        "Entry: callers are let in whenever they call. Callers on no roster: told to <#C0OPS>.",
    );
    expect(shown(settingsMessage({ ...settings, entry: "scheduled" }))).toContain(
      "*Entry*: callers are let in from 15 minutes before a scheduled call until its end; moderators always",
    );
    expect(shown(settingsMessage({ ...settings, graceSeconds: 0, alertsChannelId: null }))).toContain(
      "*Grace*: the call ends as soon as no moderator is on\n*Entry*: callers are let in whenever they call\n" +
        "*Callers on no roster*: told to no channel yet",
    );
  });
});

describe("/conf help", () => {
  const base = { isModerator: true, isAdmin: true, hasConference: true, phoneNumber: "+18005550100" };
  const examplesIn = (text: string) => [...text.matchAll(/`(\/conf [^`]*)`/g)].map(([, example]) => example ?? "");

  it("shows each only what they may do", () => {
    const admin = shown(helpMessage(base));
    const moderator = shown(helpMessage({ ...base, isAdmin: false }));
    const member = shown(helpMessage({ ...base, isAdmin: false, isModerator: false }));

    expect(examplesIn(member)).toEqual(["/conf list", "/conf who", "/conf upcoming", "/conf settings"]);
    expect(examplesIn(admin)).toContain("/conf set alerts here");
    expect(examplesIn(moderator)).toEqual(examplesIn(admin).filter((example) => !example.includes("alerts")));
    expect(admin).toContain("Dial +18005550100 to join this channel's call.");
  });

  it("gives examples that work", () => {
    const examples = examplesIn(shown(helpMessage(base)));
    expect(examples).toContain("/conf schedule");

    expect(examples.length).toBeGreaterThan(10);
    for (const example of examples) {
      // In the channel, Slack makes a mention of the name that is picked.
      const typed = example.replace("/conf ", "").replace("@mabel", "<@U0MABEL>");
      expect(parseCommand(typed).kind).not.toMatch(/malformed|unknown|help/);
    }
  });

  it("says how to begin where there is no conference yet, to those who may", () => {
    const first = helpMessage({ ...base, hasConference: false });
    const guest = helpMessage({ ...base, isModerator: false, hasConference: false });

    expect(shown(first)).toBe(
      "This channel has no conference yet.\n`/conf add @mabel +18005554321` makes one and puts somebody on its roster. " +
        "You become its moderator.",
    );
    expect(shown(guest)).toBe("This channel has no conference yet.");
  });
});

describe("/conf add without a number", () => {
  it("offers the number on the Slack profile, by two digits", () => {
    const offer = { name: "Mabel", maskedNumber: "•••• 23", role: null, addValue: "offer-1" };
    const answer = offerNumberMessage(offer);

    expect(faultsOf(answer)).toEqual([]);
    expect(answer.text).toBe("Mabel's Slack profile has •••• 23. Add them with it?");
    expect(answer.blocks[1]).toMatchObject({
      elements: [
        { action_id: "add_offered_number", style: "primary", value: "offer-1" },
        { action_id: "cancel_offer" },
      ],
    });
    expect(offerNumberMessage({ ...offer, role: "moderator" }).text).toContain("Add them with it as a moderator?");
    expect(namesThatAreMarkup((name) => offerNumberMessage({ ...offer, name }), nastyStrings)).toEqual([]);
  });
});
