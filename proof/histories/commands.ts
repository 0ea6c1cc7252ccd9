import type { Command } from "./actions.ts";
import type { Channel, Person } from "./cast.ts";
import type { Play } from "./play.ts";
import { violated } from "./violation.ts";

const CHANGED = /✅|white_check_mark|is a (moderator|participant) (now|already)/;
const UNCHANGED = /not on this channel's roster|only moderator|could not tell me|number is .* on this roster/;

/** Types a command as a workspace admin, and keeps what its answer says has changed. */
export async function typeCommand(play: Play, text: Command): Promise<void> {
  const { cast, house } = play;
  const { people, channels } = cast;
  const [a, b] = channels;
  const on = async (channel: Channel, words: string, change: () => void): Promise<void> => {
    const answer = await house.conf(channel.id, words);
    if (answer !== null && CHANGED.test(answer)) return change();
    // Without an answer nobody could say what the roster is: no fault of these histories takes one away.
    if (answer === null || !UNCHANGED.test(answer)) throw violated("I11", `/conf ${words}: ${answer ?? "nothing"}`);
  };
  const add = (channel: Channel, { name, number }: Person) =>
    on(channel, `add ${name} ${number}`, () => {
      if (!channel.roster.some((entry) => entry.number === number))
        channel.roster.push({ name, number, role: "participant" });
    });
  const remove = (channel: Channel, { name, number }: Person) =>
    on(channel, `remove ${name}`, () => {
      channel.roster = channel.roster.filter((entry) => entry.number !== number);
    });
  const role = (role: "moderator" | "participant") =>
    on(a, `${role} ${people.member.name}`, () => {
      for (const entry of a.roster) if (entry.name === people.member.name) entry.role = role;
    });
  switch (text) {
    case "add newcomer":
      return add(a, people.newcomer);
    case "add both elsewhere":
      return add(b, people.both);
    case "add member":
      return add(a, people.member);
    case "remove member":
      return remove(a, people.member);
    case "remove both":
      return remove(b, people.both);
    case "reset member":
    case "reset both":
      return on(a, `reset ${people[text === "reset both" ? "both" : "member"].name}`, () => undefined);
    case "moderator member":
      return role("moderator");
    case "participant member":
      return role("participant");
    case "list":
      return void (await house.conf(a.id, "list"));
    case "set grace 0":
    case "set grace 61":
      return on(a, text, () => undefined);
    case "set entry scheduled":
      return on(a, text, () => {
        a.entry = "scheduled";
      });
    case "set entry anytime":
      return on(a, text, () => {
        a.entry = "anytime";
      });
  }
}
