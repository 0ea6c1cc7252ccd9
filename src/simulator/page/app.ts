import type { TemplateResult } from "lit-html";
import type { Api } from "./api.ts";
import type { Store } from "./store.ts";

/** What every part of the page is given. */
export type App = { store: Store; api: Api };

/** A part of the page beside the channel. `view` is drawn with every change: it must be quick. */
export type Panel = { id: string; title: string; view: (app: App) => TemplateResult };
