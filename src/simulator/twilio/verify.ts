import type { ApiErrorCode } from "./api-errors.ts";
import type { Network } from "./network.ts";
import { receiveText } from "./rest-messages.ts";

export type VerificationStatus = "pending" | "approved" | "canceled" | "max_attempts_reached" | "expired";

export type Verification = {
  verificationSid: string;
  to: string;
  status: VerificationStatus;
  code: string;
  createdAt: number;
  updatedAt: number;
  failedChecks: number;
  sends: { at: number; attemptSid: string }[];
};

/** What Twilio Verify knows. Verifications are kept, oldest first. */
export type VerifyService = {
  friendlyName: string;
  verifications: Verification[];
  landlines: Set<string>;
  /** Numbers for which a start is under way. */
  starting: Set<string>;
};

export type Refused = { kind: "refused"; errorCode: ApiErrorCode };

const CODE_LIFE_MS = 10 * 60_000;
const MAX_CHECKS = 5;
const MAX_SENDS = 5;

export function createVerifyService(friendlyName: string): VerifyService {
  return { friendlyName, verifications: [], landlines: new Set(), starting: new Set() };
}

/** Sends a code: the one that is pending, if one is. */
export function startVerification(network: Network, service: VerifyService, to: string): Verification | Refused {
  if (service.landlines.has(to)) return refused(60205);
  const pending = findPending(network, service, to);
  if (recentSends(network, service, to) >= MAX_SENDS) return refused(60203);
  if (pending === null && isExhausted(network, service, to)) return refused(60202);
  const verification = pending ?? newVerification(network, service, to);
  const now = network.clock.now();
  verification.updatedAt = now;
  verification.sends.push({ at: now, attemptSid: network.random.sid("VL") });
  receiveText(network, to, `Your ${service.friendlyName} verification code is: ${verification.code}`);
  return verification;
}

function newVerification(network: Network, service: VerifyService, to: string): Verification {
  const now = network.clock.now();
  const verification: Verification = {
    verificationSid: network.random.sid("VE"),
    to,
    status: "pending",
    code: network.random.digits(6),
    createdAt: now,
    updatedAt: now,
    failedChecks: 0,
    sends: [],
  };
  service.verifications.push(verification);
  return verification;
}

/** Judges a code. A wrong one is no error; the sixth check of a verification is. */
export function checkCode(network: Network, verification: Verification, code: string): Verification | Refused {
  expire(network, verification);
  if (verification.status === "max_attempts_reached") return refused(60202);
  if (verification.status !== "pending") return refused(20404);
  verification.updatedAt = network.clock.now();
  if (code === verification.code) verification.status = "approved";
  else verification.failedChecks += 1;
  if (verification.failedChecks < MAX_CHECKS) return verification;
  const asJudged = { ...verification };
  verification.status = "max_attempts_reached";
  return asJudged;
}

export function settleVerification(
  network: Network,
  verification: Verification,
  status: "approved" | "canceled",
): Verification | Refused {
  expire(network, verification);
  if (verification.status !== "pending" && verification.status !== "max_attempts_reached") return refused(20404);
  verification.status = status;
  verification.updatedAt = network.clock.now();
  return verification;
}

/** By VerificationSid, or the number's latest; an approved or expired one is gone. */
export function findVerification(network: Network, service: VerifyService, id: string): Verification | null {
  const found = service.verifications.findLast(({ verificationSid, to }) => verificationSid === id || to === id);
  if (found === undefined) return null;
  expire(network, found);
  return found.status === "approved" || found.status === "expired" ? null : found;
}

/** The latest for a number, whatever became of it. */
export function latestVerification(service: VerifyService, idOrNumber: string): Verification | null {
  const matches = ({ verificationSid, to }: Verification): boolean => [verificationSid, to].includes(idOrNumber);
  return service.verifications.findLast(matches) ?? null;
}

export function findPending(network: Network, service: VerifyService, to: string): Verification | null {
  const latest = findVerification(network, service, to);
  return latest?.status === "pending" ? latest : null;
}

/** All checks used up and neither cancelled nor expired. */
function isExhausted(network: Network, service: VerifyService, to: string): boolean {
  return findVerification(network, service, to)?.status === "max_attempts_reached";
}

/** An approved verification's sends no longer count. */
function recentSends(network: Network, service: VerifyService, to: string): number {
  const since = network.clock.now() - CODE_LIFE_MS;
  const counted = service.verifications.filter((each) => each.to === to && each.status !== "approved");
  return counted.flatMap(({ sends }) => sends).filter(({ at }) => at > since).length;
}

function expire(network: Network, verification: Verification): void {
  const isLive = verification.status === "pending" || verification.status === "max_attempts_reached";
  if (isLive && network.clock.now() - verification.createdAt >= CODE_LIFE_MS) verification.status = "expired";
}

function refused(errorCode: ApiErrorCode): Refused {
  return { kind: "refused", errorCode };
}
