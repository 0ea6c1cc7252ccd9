import { describe, expect, it } from "vitest";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { aWorld, BOARD, type Dialect, DIALECTS, LINE_NUMBER, OPS, PEOPLE, type World } from "../support/confline.ts";
import { click, failedCall, lockOut, readiness } from "../support/slack-stories.ts";
import { nastyStrings } from "../support/nasty-strings.ts";

const { isabelle, mabel, blathers, celeste } = PEOPLE;
const SECOND = 1000;
const STRANGER = "+12025559876";

/** Every text that a message ever had, edits included: what people read, by kind of text. */
function textsOf(message: SlackMessage): { mrkdwn: string[]; plain: string[] } {
  const mrkdwn = [message.text, ...message.edits.map(({ text }) => text)];
  const plain: string[] = [];
  JSON.stringify([message.blocks, ...message.edits.map(({ blocks }) => blocks)], (_, value: unknown) => {
    if (typeof value !== "object" || value === null || !("type" in value) || !("text" in value)) return value;
    if (typeof value.text !== "string") return value;
    (value.type === "mrkdwn" ? mrkdwn : plain).push(value.text);
    return value;
  });
  return { mrkdwn, plain };
}

/** Runs of three digits and more, but for times and the line's own number. */
function longDigits(text: string): string[] {
  return (
    text
      .replaceAll(/<!date\^\d+\^/g, "")
      .replaceAll(/(?<=\d)(?:[ .-]|\) ?)(?=\d)/g, "")
      .replaceAll(LINE_NUMBER, "")
      .replaceAll("+18005554321", "")
      .replaceAll("+18005559876", "")
      .match(/\d{3,}/g) ?? []
  );
}

/** A story in which everything happens that anything is told of. */
async function aWholeStory(dialect: Dialect): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp(OPS);
  await world.conf(celeste.id, "add @tommy", BOARD);
  await click(world, celeste.id, world.sim.slack.ephemerals(BOARD, celeste.id).at(-1), "add_offered_number");
  await failedCall(world, mabel.number);
  await lockOut(world, blathers.number);
  await world.sim.twilio.phone(STRANGER).dial();
  const call = await world.join(mabel.number);
  await world.pass(5 * SECOND);
  await world.join(isabelle.number);
  await world.conf(isabelle.id, "reset Blathers");
  for (const text of ["who", "list", "log 100", "settings", "help"]) await world.conf(isabelle.id, text);
  await world.conf(isabelle.id, "remove @mabel");
  await world.conf(isabelle.id, "log 100");
  await world.pass(20 * SECOND);
  expect(call.state()).toBe("ended");
  return world;
}

describe.each(DIALECTS)("T21: after a whole story, on %s", (dialect) => {
  it("no number, code or token is anywhere but in the answer to who typed it: not in messages, not in the log", async () => {
    const world = await aWholeStory(dialect);
    const messages = world.sim.slack.everything();
    const isAnswerToTypist = ({ visibleTo, text }: SlackMessage) =>
      visibleTo === isabelle.id && /Added|is updated/.test(text);

    expect(messages.filter(isAnswerToTypist).flatMap(digitsIn)).not.toEqual([]);
    const others = messages.filter((message) => !isAnswerToTypist(message));
    expect(others.length).toBeGreaterThan(10);
    for (const message of others) expect(digitsIn(message), message.text).toEqual([]);

    const numbers = [...Object.values(PEOPLE).map(({ number }) => number), STRANGER];
    const codes = numbers.flatMap((number) => codesTextedTo(world, number));
    expect(codes.length).toBeGreaterThan(3);
    const log = world.logLines.join("\n");
    const unseen = JSON.stringify(others.map(({ blocks, metadata, edits }) => [blocks, metadata, edits]));
    for (const secret of [...codes, ...numbers.map((number) => number.slice(2))]) {
      expect(log).not.toContain(secret);
      expect(unseen).not.toContain(secret);
    }
    expect(log).not.toMatch(/mabel|Blathers|test-bot-token|test-signing-secret|slack\/response/);
  });
});

function digitsIn(message: SlackMessage): string[] {
  const { mrkdwn, plain } = textsOf(message);
  return [...mrkdwn, ...plain].flatMap(longDigits);
}

function codesTextedTo(world: World, number: string): string[] {
  const texts = world.sim.twilio.phone(number).texts();
  return texts.flatMap(({ body }) => body.match(/\d{6}/g) ?? []);
}

describe.each(DIALECTS)("T22: names that would be more than names, on %s", (dialect) => {
  /** Each payload in one of its frames, a few at a time. */
  const names = nastyStrings.filter((_, index) => index % 4 === Math.floor(index / 4) % 4);

  it.each([0, 1, 2])(
    "come out as text in every message, by command, alert, card, thread and record: %i",
    async (part) => {
      const world = await aWorld(dialect);
      const { slack } = world.sim;
      const own = names.filter((_, index) => index % 3 === part);
      const people = own.map((name, index) => ({ id: `U0NASTY${index}`, name, number: `+1202555${4000 + index}` }));
      slack.addChannel({
        id: OPS,
        name: "<!channel> *ops* https://evil.example",
        members: [isabelle.id],
        appIsIn: true,
      });
      for (const { id, name } of people) slack.addUser({ id, name, realName: name });
      await world.conf(isabelle.id, `add @isabelle ${isabelle.number}`);
      for (const { id, number } of people) {
        await world.conf(isabelle.id, `add <@${id}> ${number}`);
      }

      for (const { number } of people) await failedCall(world, number);
      const calls = [];
      for (const { number } of people.slice(0, 5)) calls.push(await world.join(number));
      await world.join(isabelle.number);
      await world.pass(10 * SECOND);
      for (const text of ["who", "list", "log 100", "settings", `remove <@${people[1]?.id}>`]) {
        expect(await world.conf(isabelle.id, text)).not.toBe("");
      }
      for (const call of calls) if (call.state() !== "ended") await call.hangUp();
      await world.pass(60 * SECOND);

      const messages = slack.everything();
      expect(messages.length).toBeGreaterThan(own.length);
      for (const text of messages.flatMap((message) => textsOf(message).mrkdwn)) expectOnlyText(text);
      for (const text of messages.flatMap((message) => textsOf(message).plain))
        expect(text).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u);
      expect(slack.calls().filter(({ error }) => error !== null)).toEqual([]);
      expect(await readiness(world)).toMatchObject({ body: { parkedEffects: 0 } });
    },
  );

  it("come out as text when somebody typed them, right or wrong", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (const name of nastyStrings) await world.conf(isabelle.id, name);
    for (const name of names.filter((_, index) => index % 4 === 0)) {
      await world.conf(isabelle.id, `add "${name}" +12025550177`);
      await world.conf(isabelle.id, `remove "${name}"`);
    }

    const shown = world.sim.slack.ephemerals(OPS, isabelle.id);
    expect(shown.length).toBeGreaterThan(nastyStrings.length);
    for (const text of shown.flatMap((message) => textsOf(message).mrkdwn)) expectOnlyText(text);
  });
});

/** Only dates and channels of our own making are entities; nothing is an address, a mention, an emoji of theirs. */
function expectOnlyText(text: string): void {
  expect(text.replaceAll(/<!date\^\d+\^[^|<>]*\|[^<>]*>|<#[CG][A-Z0-9]+>/g, "")).not.toMatch(/[<>]/);
  expect(text).not.toMatch(/&(?!(?:amp|lt|gt);)/);
  expect(text).not.toMatch(/evil\.example|127\.0\.0\.1|:\/\/|@(?:here|channel|everyone|mabel)|#general|:skull|:\+1:/);
  expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u);
  expect(text).not.toMatch(/\*bold\*|_italic_|~strike~|```/);
}
