import { describe, expect, it } from "vitest";
import { type ParsedCommand, parseCommand, type PersonText } from "../../src/slack/command-text.ts";

const user = (userId: string): PersonText => ({ kind: "user", userId });
const text = (name: string): PersonText => ({ kind: "text", text: name });
const added = (person: PersonText, numberText: string | null = null, role: "moderator" | "participant" | null = null) =>
  ({ kind: "add", person, numberText, role }) satisfies ParsedCommand;

describe("/conf add", () => {
  it.each<[string, ParsedCommand]>([
    ["add <@U0MABEL>", added(user("U0MABEL"))],
    ["add <@U0MABEL|mabel> +18005554321", added(user("U0MABEL"), "+18005554321")],
    ["add <@W0MABEL|mabel able> +18005554321 moderator", added(user("W0MABEL"), "+18005554321", "moderator")],
    ["add <@U0MABEL|> moderator", added(user("U0MABEL"), null, "moderator")],
    ["add <@U0MABEL> MODERATOR +18005554321", added(user("U0MABEL"), "+18005554321", "moderator")],
    ["add <@U0MABEL> participant", added(user("U0MABEL"), null, "participant")],
    ["add <@U0MABEL>+18005554321", added(user("U0MABEL"), "+18005554321")],
    ['add "<@U0MABEL>" +18005554321', added(user("U0MABEL"), "+18005554321")],
    ["ADD Blathers +18005559876", added(text("Blathers"), "+18005559876")],
    ["add Blathers", added(text("Blathers"))],
    ["add Tom Nook +18005559876", added(text("Tom Nook"), "+18005559876")],
    ["add  Tom \u00A0 Nook\t(800) 555-4321", added(text("Tom Nook"), "(800) 555-4321")],
    ["add Tom 1 (800) 555 4321", added(text("Tom"), "1 (800) 555 4321")],
    ["add Tom 800.555.4321 moderator", added(text("Tom"), "800.555.4321", "moderator")],
    ["add Tom moderator +44 20 7946 0018", added(text("Tom"), "+44 20 7946 0018", "moderator")],
    ["add Tom (+44) 20 7946 0018", added(text("Tom"), "(+44) 20 7946 0018")],
    ["add Tom Nook moderator", added(text("Tom Nook"), null, "moderator")],
    ["add Tom <tel:+18005554321|+18005554321>", added(text("Tom"), "+18005554321")],
    ["add Tom <tel:+18005554321|(800) 555-4321> moderator", added(text("Tom"), "(800) 555-4321", "moderator")],
    ["add Tom <tel:8005554321>", added(text("Tom"), "8005554321")],
    ["add Tom 555", added(text("Tom"), "555")],
    ["add Agent 47 +18005554321", added(text("Agent 47"), "+18005554321")],
    ["add Agent 47", added(text("Agent 47"))],
    ['add "Agent 007" 8005554321', added(text("Agent 007"), "8005554321")],
    ['add "Tom Nook" +18005554321', added(text("Tom Nook"), "+18005554321")],
    ['add "Tom Nook"+18005554321', added(text("Tom Nook"), "+18005554321")],
    ["add “Tom Nook” +18005554321", added(text("Tom Nook"), "+18005554321")],
    ["add „Tom Nook“ +18005554321", added(text("Tom Nook"), "+18005554321")],
    ["add ‘Tom O’Brien’ +18005554321", added(text("Tom O’Brien"), "+18005554321")],
    ["add 'Tom O'Brien' +18005554321", added(text("Tom O'Brien"), "+18005554321")],
    ["add Tom O'Brien +18005554321", added(text("Tom O'Brien"), "+18005554321")],
    ["add 'Tis +18005554321", added(text("'Tis"), "+18005554321")],
    ['add "moderator" +18005554321', added(text("moderator"), "+18005554321")],
    ["add Ben &amp; Jerry +18005554321", added(text("Ben & Jerry"), "+18005554321")],
    ["add &lt;@U1&gt; +18005554321", added(text("<@U1>"), "+18005554321")],
    ["add &amp;lt;b&amp;gt; +18005554321", added(text("&lt;b&gt;"), "+18005554321")],
    ["add <http://tom.nook|tom.nook> +18005554321", added(text("tom.nook"), "+18005554321")],
    ["add 山田太郎 ０８０-１２３４-５６７８", added(text("山田太郎"), "０８０-１２３４-５６７８")],
    ["add __proto__ +18005554321", added(text("__proto__"), "+18005554321")],
  ])("reads %j", (typed, command) => {
    expect(parseCommand(typed)).toEqual(command);
  });

  it.each<[string, string]>([
    ["add", "I need to know who."],
    ["add @robin +18005554321", "Slack did not tell me who @robin is: pick them from the list"],
    ["add <!subteam^S0TEAM|@nooks> +18005554321", "Slack did not tell me who @nooks is"],
    ["add <!channel>", "Slack did not tell me who @channel is"],
    ["add +18005554321", "“+18005554321” is no name: the name comes first"],
    ['add "+1 800 555 4321"', "“+1 800 555 4321” is no name"],
    ["add +18005554321 Blathers", "“+18005554321 Blathers” is no name"],
    ["add <@U0MABEL> +18005554321 please", "I don't know what to do with “please”"],
    ["add <@U0MABEL> Mabel +18005554321 now moderator", "I don't know what to do with “Mabel now”"],
    ["add <@U0MABEL> <@U0TOM>", "I don't know what to do with “@U0TOM”"],
    ['add "Tom" "Nook" +18005554321', "I don't know what to do with “Nook”"],
    ["add <@U0MABEL> moderator participant", "“moderator participant” are two roles"],
    ['add "Tom Nook +18005554321', 'The quote that begins with "Tom Nook +18005554321 never ends.'],
    ['add "" +18005554321', "There is no name between the quotes."],
    ['add " \u200B\u202E " +18005554321', "There is no name between the quotes."],
    [`add "${"a".repeat(81)}"`, "is longer than 80 characters"],
    ["add <@U0MABEL> <#C0ENG|eng>", "I don't know what to do with “#eng”"],
    ["add <@U0MABEL> <#C0ENG|>", "I don't know what to do with “#C0ENG”"],
  ])("says what is wrong with %j", (typed, problem) => {
    const command = parseCommand(typed);

    expect(command).toMatchObject({ kind: "malformed", problem: expect.stringContaining(problem) });
  });
});
