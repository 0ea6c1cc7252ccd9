import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { App, Panel } from "../app.ts";
import { roomWords } from "../phones/condition.ts";
import { openPhone } from "../phones/deeds.ts";
import { nationally } from "../phones/number.ts";
import type { State } from "../store.ts";
import { zoneOf } from "../zones.ts";
import type { Conference } from "../wire.ts";
import { clockTime, lasted } from "./times.ts";

type Participant = Conference["participants"][number];

/** Who is really in which conference: what the phone network knows, not what anybody says. */
export const room: Panel = { id: "room", title: "Room", view };

function view(app: App): TemplateResult {
  const live = app.store.get().twilio.conferences.filter(({ status }) => status !== "completed");
  return html`<p class="panel-about">
      Who the phone network has in a conference. The card in the channel should say the same.
    </p>
    ${
      live.length === 0
        ? html`<p class="room-empty">Nobody is in a room.</p>`
        : repeat(
            live,
            ({ sid }) => sid,
            (one) => conference(app, one),
          )
    }`;
}

function conference(app: App, { sid, status, participants }: Conference): TemplateResult {
  const count = participants.length === 1 ? "one person" : `${participants.length} people`;
  return html`<section class="room" aria-labelledby="room-${sid}">
    <h3 id="room-${sid}">
      <span class="badge ${status === "in-progress" ? "badge-live" : ""}"
        >${status === "in-progress" ? "Live" : "Waiting"}</span
      >
      ${count}
    </h3>
    <p class="room-words">${roomState(status, participants.length)}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">How</th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          participants,
          ({ callSid }) => callSid,
          (one) => row(app, one, status),
        )}
      </tbody>
    </table>
  </section>`;
}

function roomState(status: string, count: number): string {
  if (status === "in-progress") return count === 1 ? "Nobody else is left." : "They can hear each other.";
  return count === 1 ? "Nobody else is here yet: they hear music." : "It has not started: they hear music.";
}

function row(app: App, participant: Participant, status: string): TemplateResult {
  const state = app.store.get();
  const { number, owner, shown } = whose(state, participant.callSid);
  const how = status === "in-progress" ? roomWords(participant) : "Waiting";
  return html`<tr>
    <th scope="row">
      ${
        owner === null
          ? nationally(number)
          : html`<button type="button" class="link" @click=${() => openPhone(app, number)}>${owner}</button>`
      }
      ${shown === null ? nothing : html`<small>shows ${shown}</small>`}
    </th>
    <td>${how}</td>
    <td>
      ${clockTime(participant.joinedAt, zoneOf(state))}
      <small>${lasted(state.clock.now - participant.joinedAt)}</small>
    </td>
  </tr>`;
}

/** Whose phone it really is, and the caller ID where that is another one. */
function whose({ twilio, phones }: State, callSid: string) {
  const call = twilio.calls.find((one) => one.callSid === callSid);
  const number = call?.number ?? "";
  const owner = phones.find((one) => one.number === number)?.owner ?? null;
  const isForged = call?.direction === "inbound" && call.from !== number;
  return { number, owner, shown: isForged ? nationally(call.from) : null };
}
