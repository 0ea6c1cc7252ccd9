import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import { icon } from "../icons.ts";
import { lasted } from "../room/times.ts";
import type { State } from "../store.ts";
import type { Call } from "../wire.ts";
import type { Phone } from "../wire-world.ts";
import { zoneOf } from "../zones.ts";
import { conditionOf, conditionWords, isRinging, liveCall, participantOf } from "./condition.ts";
import { dial, hangUp, tap } from "./deeds.ts";
import { dialPlan } from "./dial-plan.ts";
import { keyOf, keypad } from "./keypad.ts";
import { nationally } from "./number.ts";
import { texts } from "./texts.ts";
import { timeline } from "./timeline.ts";
import { transcript } from "./transcript.ts";

/** The phone that is open: what it does is on the left, what it hears and is sent on the right. */
export function openedPhone(app: App, phone: Phone, call: Call | undefined): TemplateResult {
  const { fault, pressed } = app.store.get().phonesUse;
  const live = isRinging(call) ? undefined : liveCall(call);
  const press = (keys: string): void => tap(app, live, keys);
  const keyed = live !== undefined && pressed?.callSid === live.callSid ? pressed.keys.slice(-12) : "";
  return html`<div
    class="phone phone-${conditionOf(call)}"
    id="phone-open"
    role="tabpanel"
    tabindex="0"
    aria-labelledby=${tabId(phone)}
    @keydown=${(event: KeyboardEvent) => pressedOnKeyboard(event, press)}
  >
    ${phoneHead(app, phone, call)}
    <div class="phone-keys">
      <output class="keyed" aria-label="Keys pressed">${keyed}</output>
      ${keypad(press)} ${live === undefined ? dialButton(app, phone, call) : hangUpButton(app, live)}
    </div>
    <div class="phone-talk">
      ${live === undefined ? dialPlan(app, phone) : nothing}
      ${fault?.number === phone.number ? html`<p class="error" role="alert">${fault.text}</p>` : nothing}
      ${transcript(call, phone.owner)} ${texts(phone, zoneOf(app.store.get()), isAsked(live) ? press : null)}
      ${call === undefined ? nothing : timeline(app, call)}
    </div>
  </div>`;
}

/** Where keys are a code: once in the room they are for the menu. */
function isAsked(call: Call | undefined): boolean {
  return call !== undefined && !call.state.endsWith("in-conference");
}

export function tabId({ number }: Phone): string {
  return `phone-${number.replaceAll(/\D/g, "")}`;
}

function phoneHead({ store }: App, phone: Phone, call: Call | undefined): TemplateResult {
  const state = store.get();
  const participant = participantOf(state, call);
  const words = [phone.about ?? "", pretence(state, call)].filter((one) => one !== "").join(", ");
  return html`<div class="phone-head">
    <p>
      <strong>${phone.owner}</strong> <span class="phone-number">${nationally(phone.number)}</span>
      ${words === "" ? nothing : html`<small>${words}</small>`}
    </p>
    <p class="phone-condition">
      ${conditionWords(call, participant)}
      ${
        participant === null
          ? nothing
          : html`<span class="phone-lasted">${lasted(state.clock.now - participant.joinedAt)}</span>`
      }
    </p>
  </div>`;
}

/** Whose number a call shows instead of its own. */
function pretence({ phones }: State, call: Call | undefined): string {
  const live = liveCall(call);
  if (live === undefined || live.direction !== "inbound" || live.from === live.number) return "";
  const owner = phones.find(({ number }) => number === live.from)?.owner;
  return owner === undefined ? "number withheld" : `showing ${owner}’s number`;
}

function dialButton(app: App, phone: Phone, call: Call | undefined): TemplateResult {
  return html`<button
    type="button"
    class="button button-primary"
    ?disabled=${isRinging(call)}
    @click=${() => dial(app, phone)}
  >
    ${icon("phone")} Dial
  </button>`;
}

function hangUpButton(app: App, call: Call): TemplateResult {
  return html`<button type="button" class="button button-danger" @click=${() => hangUp(app, call)}>
    ${icon("phone")} Hang up
  </button>`;
}

function pressedOnKeyboard(event: KeyboardEvent, press: (key: string) => void): void {
  const key = keyOf(event);
  if (key === null || event.repeat) return;
  event.preventDefault();
  press(key);
}
