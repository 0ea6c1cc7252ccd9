import type { Answer } from "../faults.ts";
import { type ApiHandlers, type ApiRequest, notFound } from "./api.ts";
import { apiError } from "./api-errors.ts";
import type { Network } from "./network.ts";
import { isE164 } from "./phone-number.ts";
import {
  checkCode,
  findVerification,
  latestVerification,
  type Refused,
  settleVerification,
  startVerification,
  type Verification,
  type VerifyService,
} from "./verify.ts";

type VerifyHandlers = Pick<
  ApiHandlers,
  | "GET /verify/v2/Services/:serviceSid"
  | "POST /verify/v2/Services/:serviceSid/Verifications"
  | "GET /verify/v2/Services/:serviceSid/Verifications/:id"
  | "POST /verify/v2/Services/:serviceSid/Verifications/:id"
  | "POST /verify/v2/Services/:serviceSid/VerificationCheck"
>;

export function verifyHandlers(network: Network, service: VerifyService): VerifyHandlers {
  const answer = (request: ApiRequest, result: Verification | Refused | null, status = 200): Answer =>
    answerWith(request, result, status, (verification) => verificationJson(network, verification));
  return {
    "GET /verify/v2/Services/:serviceSid": {
      handle: () => ({ status: 200, body: serviceJson(network, service) }),
    },
    "POST /verify/v2/Services/:serviceSid/Verifications": {
      arrive: ({ form }) => arriveAtStart(service, form.get("To") ?? ""),
      handle: (request) => refuseStart(request) ?? answer(request, start(network, service, request), 201),
    },
    "GET /verify/v2/Services/:serviceSid/Verifications/:id": {
      handle: (request) => answer(request, findVerification(network, service, request.param("id"))),
    },
    "POST /verify/v2/Services/:serviceSid/Verifications/:id": {
      handle: (request) => settle(network, service, request),
    },
    "POST /verify/v2/Services/:serviceSid/VerificationCheck": {
      handle: (request) => check(network, service, request),
    },
  };
}

function answerWith(
  { path }: ApiRequest,
  result: Verification | Refused | null,
  status: number,
  toJson: (verification: Verification) => object,
): Answer {
  if (result === null) return notFound(path);
  if ("errorCode" in result) return result.errorCode === 20404 ? notFound(path) : apiError(result.errorCode, {});
  return { status, body: toJson(result) };
}

function settle(network: Network, service: VerifyService, request: ApiRequest): Answer {
  const status = request.form.get("Status") ?? "";
  if (status !== "approved" && status !== "canceled") return apiError(60200, { parameter: "Status", value: status });
  const found = findVerification(network, service, request.param("id"));
  const result = found && settleVerification(network, found, status);
  return answerWith(request, result, 200, (verification) => verificationJson(network, verification));
}

function arriveAtStart(service: VerifyService, to: string): Answer | (() => void) {
  if (service.starting.has(to)) return apiError(60212, {});
  service.starting.add(to);
  return () => void service.starting.delete(to);
}

const CHANNELS = ["sms", "call", "email", "whatsapp", "sna", "auto"];

function refuseStart({ form }: ApiRequest): Answer | null {
  const [to, channel] = [form.get("To") ?? "", form.get("Channel") ?? ""];
  if (!CHANNELS.includes(channel)) return apiError(60200, { parameter: "Channel", value: channel });
  if (channel !== "sms") return apiError(60223, { channel: channel.toUpperCase() });
  return isE164(to) ? null : apiError(60200, { parameter: "To", value: to });
}

function start(network: Network, service: VerifyService, { form }: ApiRequest): Verification | Refused {
  return startVerification(network, service, form.get("To") ?? "");
}

function check(network: Network, service: VerifyService, request: ApiRequest): Answer {
  const { form, path } = request;
  const code = form.get("Code") ?? "";
  if (!/^\d{4,10}$/.test(code)) return apiError(60200, { parameter: "Code", value: code });
  const sid = form.get("VerificationSid");
  const to = form.get("To") ?? "";
  const found = latestVerification(service, sid ?? to);
  // As one live test found it: a number that nothing was ever sent to is invalid, not unknown.
  if (found === null) return sid === null ? apiError(60200, { parameter: "To", value: to }) : notFound(path);
  return answerWith(request, checkCode(network, found, code), 201, (judged) => checkJson(network, judged));
}

function commonJson(network: Network, verification: Verification): Record<string, unknown> {
  return {
    sid: verification.verificationSid,
    service_sid: network.account.verifyServiceSid,
    account_sid: network.account.accountSid,
    to: verification.to,
    channel: "sms",
    status: verification.status,
    valid: verification.status === "approved",
    amount: null,
    payee: null,
    date_created: iso8601(verification.createdAt),
    date_updated: iso8601(verification.updatedAt),
  };
}

function checkJson(network: Network, verification: Verification): object {
  return { ...commonJson(network, verification), sna_attempts_error_codes: [] };
}

function verificationJson(network: Network, verification: Verification): object {
  const { sends, verificationSid } = verification;
  return {
    ...commonJson(network, verification),
    lookup: {},
    send_code_attempts: sends.map(({ at, attemptSid }) => ({
      time: iso8601(at),
      channel: "SMS",
      attempt_sid: attemptSid,
    })),
    sna: null,
    url: `${serviceUrl(network)}/Verifications/${verificationSid}`,
  };
}

function serviceUrl({ account }: Network): string {
  return `https://verify.twilio.com/v2/Services/${account.verifyServiceSid}`;
}

/** What a service has whose settings nobody touched. */
const SERVICE_DEFAULTS = {
  code_length: 6,
  lookup_enabled: false,
  psd2_enabled: false,
  skip_sms_to_landlines: true,
  dtmf_input_required: true,
  do_not_share_warning_enabled: true,
  custom_code_enabled: false,
  push: { include_date: false, apn_credential_sid: null, fcm_credential_sid: null },
  totp: { issuer: null, time_step: null, code_length: null, skew: null },
  whatsapp: { msg_service_sid: null, from: null },
  passkeys: {
    relying_party: { id: null, name: null, origins: null },
    authenticator_attachment: null,
    discoverable_credentials: null,
    user_verification: null,
  },
  default_template_sid: null,
  verify_event_subscription_enabled: false,
};

const SERVICE_LINKS = {
  verification_checks: "VerificationCheck",
  verifications: "Verifications",
  rate_limits: "RateLimits",
  messaging_configurations: "MessagingConfigurations",
  entities: "Entities",
  webhooks: "Webhooks",
  access_tokens: "AccessTokens",
};

function serviceJson(network: Network, { friendlyName }: VerifyService): object {
  const url = serviceUrl(network);
  return {
    ...SERVICE_DEFAULTS,
    sid: network.account.verifyServiceSid,
    account_sid: network.account.accountSid,
    friendly_name: friendlyName,
    tts_name: friendlyName,
    date_created: iso8601(network.startedAt),
    date_updated: iso8601(network.startedAt),
    url,
    links: Object.fromEntries(Object.entries(SERVICE_LINKS).map(([name, path]) => [name, `${url}/${path}`])),
  };
}

/** To the second, as Verify writes it. */
function iso8601(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}
