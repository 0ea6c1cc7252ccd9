import { once } from "node:events";
import { createServer, type Server } from "node:http";
import express from "express";
import { type Backstage, createBackstage } from "./backstage.ts";
import { type Clock, realClock } from "./clock.ts";
import { controlRouter } from "./control.ts";
import type { PhoneSeed } from "./page/wire-world.ts";
import { pageRouter } from "./page-server.ts";
import { visitService } from "./visit.ts";
import { seededRandom } from "./random.ts";
import type { SlackOptions } from "./slack/seeds.ts";
import { createSlackSimulator, type SlackSimulator } from "./slack/slack.ts";
import type { Story } from "./stories/story.ts";
import { createTwilioSimulator, type TwilioSimulator } from "./twilio/twilio.ts";

/** The service's origin as the outside world knows it (what Twilio signs), and where requests really go. */
export type ServiceAddress = { publicUrl: string; listenUrl: string };

export type SimulatorOptions = {
  /** Real time unless told. */
  clock?: Clock;
  /** Any free port unless told. */
  port?: number;
  /** Loopback unless told. */
  host?: string;
  /** Ids and codes are drawn from it: the same run gives the same ids. */
  seed?: number;
  /** The service's origin, when it is known already; else `connect` later. */
  serviceUrl?: string;
  twilio: { accountSid: string; authToken: string; verifyServiceSid: string; phoneNumber: string };
  slack: SlackOptions;
  /** Phones for the page to show, and for stories to use. */
  phones?: readonly PhoneSeed[];
  stories?: readonly Story[];
};

export type Simulator = {
  /** For TWILIO_API_URL; with /slack/api/ behind it for SLACK_API_URL. In a browser, the page to use it all with. */
  url: string;
  clock: Clock;
  twilio: TwilioSimulator;
  slack: SlackSimulator;
  backstage: Backstage;
  /** Points both halves at the service, and the phone number's webhooks at its usual paths. */
  connect(service: string | ServiceAddress): void;
  /**
   * Drops what was over before an instant, at least half an hour ago, and closes connections that nobody uses: for who
   * makes calls for days.
   */
  forget(before: number): void;
  close(): Promise<void>;
};

/** A phone network and a Slack of our own, speaking HTTP to the service and nothing else. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const clock = stoppableClock(options.clock ?? realClock());
  const seed = options.seed ?? 1;
  let service: ServiceAddress = { publicUrl: "", listenUrl: "" };
  let url = "";
  const twilio = createTwilioSimulator({
    clock,
    random: seededRandom(seed),
    account: options.twilio,
    connection: () => service,
  });
  const slack = createSlackSimulator(options.slack, {
    clock,
    random: seededRandom(seed + 1),
    url: () => url,
    service: () => service,
  });
  function connect(address: string | ServiceAddress): void {
    service = serviceAddress(address);
    twilio.configure(numberWebhooks(service.publicUrl));
  }
  if (options.serviceUrl !== undefined) connect(options.serviceUrl);

  // Not the clock that can be stopped: it cannot be moved.
  const movable = options.clock ?? clock;
  const backstage = createBackstage({
    slack,
    twilio,
    clock: movable,
    phones: options.phones ?? [],
    stories: options.stories ?? [],
    lineNumber: options.twilio.phoneNumber,
    publicUrl: () => service.publicUrl,
  });
  const app = express();
  app.use(pageRouter());
  app.use(slack.router);
  app.use(
    "/control",
    controlRouter({ twilio, slack, backstage, clock: movable, connect, visit: (url) => visitService(service, url) }),
  );
  app.use(twilio.router);
  const server = createServer(app);
  url = await listen(server, options.host ?? "127.0.0.1", options.port ?? 0);

  async function close(): Promise<void> {
    backstage.stop();
    clock.stop();
    slack.close();
    twilio.faults.clear();
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  }
  function forget(before: number): void {
    twilio.forget(before);
    slack.forget(before);
    server.closeIdleConnections();
  }
  return { url, clock, twilio, slack, backstage, connect, forget, close };
}

function serviceAddress(address: string | ServiceAddress): ServiceAddress {
  const { publicUrl, listenUrl } = typeof address === "string" ? { publicUrl: address, listenUrl: address } : address;
  return { publicUrl: publicUrl.replace(/\/+$/, ""), listenUrl: listenUrl.replace(/\/+$/, "") };
}

function numberWebhooks(publicUrl: string): { voiceUrl: string; voiceFallbackUrl: string; statusCallback: string } {
  return {
    voiceUrl: `${publicUrl}/twilio/voice`,
    voiceFallbackUrl: `${publicUrl}/twilio/fallback`,
    statusCallback: `${publicUrl}/twilio/status`,
  };
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the simulator listens on no port");
  return `http://${address.address.includes(":") ? `[${address.address}]` : address.address}:${address.port}`;
}

/** A clock whose timers end with the simulator, lest they keep the process alive or call a service that is gone. */
function stoppableClock(clock: Clock): Clock & { stop(): void } {
  const pending = new Set<() => void>();
  let isStopped = false;
  return {
    now: () => clock.now(),
    track: (work) => clock.track(work),
    sleep: (delayMs) => clock.sleep(delayMs),
    after(delayMs, run) {
      if (isStopped) return () => {};
      const cancel = clock.after(delayMs, () => {
        pending.delete(cancel);
        return run();
      });
      pending.add(cancel);
      return () => {
        pending.delete(cancel);
        cancel();
      };
    },
    stop() {
      isStopped = true;
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
}
