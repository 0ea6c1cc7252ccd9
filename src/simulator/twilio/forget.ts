import { isOver } from "./leg.ts";
import type { Network } from "./network.ts";
import type { VerifyService } from "./verify.ts";

/** Drops what was over before an instant, at least the life of a code ago; phones stay, and so does what goes on. */
export function forgetOld(network: Network, service: VerifyService, before: number): void {
  for (const [callSid, leg] of network.legs) {
    if (!isOver(leg) || (leg.endedAt ?? before) >= before) continue;
    network.legs.delete(callSid);
    network.callbackChains.delete(callSid);
  }
  const isPast = ({ at }: { at: number }): boolean => at < before;
  for (const phone of network.phones.values()) {
    phone.legs = phone.legs.filter(({ callSid }) => network.legs.has(callSid));
    phone.texts = phone.texts.filter((text) => !isPast(text));
  }
  for (const room of network.rooms) if (isGone(room, before)) network.callbackChains.delete(room.conferenceSid);
  network.rooms = network.rooms.filter((room) => !isGone(room, before));
  network.messages = network.messages.filter((message) => !isPast(message));
  service.verifications = service.verifications.filter(({ updatedAt }) => updatedAt >= before);
}

function isGone({ status, updatedAt }: Network["rooms"][number], before: number): boolean {
  return status === "completed" && updatedAt < before;
}
