import type { Part } from "../part.ts";
import { commands } from "./commands.ts";
import { readForms } from "./forms.ts";
import { markup } from "./markup.ts";
import { moreViews } from "./more-views.ts";
import { numbers } from "./numbers.ts";
import { type Property, seedOf } from "./property.ts";
import { rules } from "./rules.ts";
import { schedules } from "./schedules.ts";
import { signatures } from "./signatures.ts";
import { documents } from "./twiml.ts";
import { views } from "./views.ts";

export const properties: readonly Property[] = [
  ...[...signatures, ...numbers, ...commands, ...markup, ...documents],
  ...[...readForms, ...rules, ...schedules, ...views, ...moreViews],
];

/** Whose turn each of the cases is, over and over. */
const turns: readonly Property[] = properties.flatMap((one) => Array.from({ length: one.share }, () => one));

/** Cases between two looks at whether to stop. */
const AT_ONCE = 500;

/** Whatever people, phones, Slack and Twilio may say to the service is read as what it is, and shown as that. */
export const fuzz: Part = {
  name: "fuzz",
  shows: `${properties.length} properties of everything that is read or shown hold for whatever it may be`,
  cases: 10_000_000,
  batch: 20_000,
  async run({ seed, from, to }, { signal }) {
    for (let number = from; number < to; number += 1) {
      const failure = turns[number % turns.length]?.check(seedOf(seed, number)) ?? null;
      if (failure !== null) throw new Error(`${failure}\ncase ${number} of seed ${seed}`);
      if (number % AT_ONCE !== 0) continue;
      signal.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return [{ what: "made-up values", value: to - from, as: "sum" }];
  },
};
