import type { Answer } from "../faults.ts";
import { type ApiHandlers, type ApiRequest, notFound } from "./api.ts";
import { apiError } from "./api-errors.ts";
import { rfc2822 } from "./callbacks.ts";
import type { Network } from "./network.ts";
import { pageOf } from "./paging.ts";
import { formatted, methodOf, phoneNumberSid } from "./rest-calls.ts";

type NumberHandlers = Pick<
  ApiHandlers,
  | "GET /2010-04-01/Accounts/:accountSid/IncomingPhoneNumbers.json"
  | "GET /2010-04-01/Accounts/:accountSid/IncomingPhoneNumbers/:numberSid.json"
  | "POST /2010-04-01/Accounts/:accountSid/IncomingPhoneNumbers/:numberSid.json"
>;

export function numberHandlers(network: Network): NumberHandlers {
  const ifOurs = (request: ApiRequest, use: () => Answer): Answer =>
    request.param("numberSid") === phoneNumberSid(network) ? use() : notFound(request.path);
  return {
    "GET /2010-04-01/Accounts/:accountSid/IncomingPhoneNumbers.json": {
      handle: (request) => {
        const asked = request.query.get("PhoneNumber") ?? network.account.phoneNumber;
        const found = asked === network.account.phoneNumber ? [network] : [];
        return pageOf(request, "incoming_phone_numbers", found, numberJson);
      },
    },
    "GET /2010-04-01/Accounts/:accountSid/IncomingPhoneNumbers/:numberSid.json": {
      handle: (request) => ifOurs(request, () => ({ status: 200, body: numberJson(network) })),
    },
    "POST /2010-04-01/Accounts/:accountSid/IncomingPhoneNumbers/:numberSid.json": {
      handle: (request) => ifOurs(request, () => updateNumber(network, request.form)),
    },
  };
}

function updateNumber(network: Network, form: URLSearchParams): Answer {
  const { line } = network;
  const voiceUrl = form.get("VoiceUrl") ?? line.voiceUrl;
  const voiceFallbackUrl = form.get("VoiceFallbackUrl") ?? line.voiceFallbackUrl;
  if (voiceUrl === "" && voiceFallbackUrl !== "") return apiError(21405, {});
  network.line = {
    voiceUrl,
    voiceMethod: methodOf(form, "VoiceMethod", line.voiceMethod),
    voiceFallbackUrl,
    voiceFallbackMethod: methodOf(form, "VoiceFallbackMethod", line.voiceFallbackMethod),
    statusCallback: form.get("StatusCallback") ?? line.statusCallback,
    statusCallbackMethod: methodOf(form, "StatusCallbackMethod", line.statusCallbackMethod),
    updatedAt: network.clock.now(),
  };
  return { status: 200, body: numberJson(network) };
}

/** What a number has that nobody configured further. */
const NUMBER_DEFAULTS = {
  address_requirements: "none",
  address_sid: null,
  api_version: "2010-04-01",
  beta: false,
  capabilities: { voice: true, sms: true, mms: true, fax: false },
  emergency_status: "Inactive",
  emergency_address_sid: null,
  emergency_address_status: "unregistered",
  identity_sid: null,
  origin: "twilio",
  sms_application_sid: "",
  sms_fallback_method: "POST",
  sms_fallback_url: "",
  sms_method: "POST",
  sms_url: "",
  trunk_sid: null,
  voice_application_sid: "",
  voice_caller_id_lookup: false,
  voice_receive_mode: "voice",
  status: "in-use",
  bundle_sid: null,
  type: "local",
};

function numberJson(network: Network): object {
  const { account, line } = network;
  const sid = phoneNumberSid(network);
  return {
    ...NUMBER_DEFAULTS,
    account_sid: account.accountSid,
    date_created: rfc2822(network.startedAt),
    date_updated: rfc2822(line.updatedAt),
    friendly_name: formatted(account.phoneNumber),
    phone_number: account.phoneNumber,
    sid,
    status_callback: line.statusCallback,
    status_callback_method: line.statusCallbackMethod,
    uri: `/2010-04-01/Accounts/${account.accountSid}/IncomingPhoneNumbers/${sid}.json`,
    voice_fallback_method: line.voiceFallbackMethod,
    voice_fallback_url: line.voiceFallbackUrl,
    voice_method: line.voiceMethod,
    voice_url: line.voiceUrl,
  };
}
