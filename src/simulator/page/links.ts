import type { App } from "./app.ts";
import { dial, openPhone } from "./phones/deeds.ts";

/** Links that lead out of a demo: to a phone here instead, to the service as this machine reaches it, or nowhere. */
export function followLinks(app: App, root: HTMLElement): void {
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const address = link?.getAttribute("href") ?? "";
    if (/^tel:/i.test(address)) {
      event.preventDefault();
      callUp(app, address.replace(/^tel:/i, ""));
    }
    if (/^webcal:/i.test(address)) {
      event.preventDefault();
      visit(app, address.replace(/^webcal:/i, "https:"));
    }
    const { publicUrl } = app.store.get().world;
    if (publicUrl !== "" && address.startsWith(`${publicUrl}/`)) {
      event.preventDefault();
      visit(app, address);
    }
  });
}

/** Whoever the reader plays takes their phone. */
function callUp(app: App, number: string): void {
  const { phones, me, world } = app.store.get();
  const own = phones.find(({ userId }) => userId === me);
  if (own === undefined || number !== world.lineNumber) {
    app.store.set({ notice: `A phone would dial ${number} now.` });
    return;
  }
  app.store.set({ tab: "phones" });
  openPhone(app, own.number);
  dial(app, own);
}

function visit({ store }: App, address: string): void {
  const { publicUrl } = store.get().world;
  if (publicUrl !== "" && address.startsWith(`${publicUrl}/`)) {
    window.open(`/control/visit?${new URLSearchParams({ url: address }).toString()}`, "_blank", "noopener");
  } else {
    store.set({ notice: `A calendar would subscribe to ${address} now.` });
  }
}
