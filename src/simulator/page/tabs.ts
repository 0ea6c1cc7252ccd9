import { html, type TemplateResult } from "lit-html";

export type Tabs = {
  label: string;
  tabs: readonly { id: string; title: string }[];
  /** The id of the one that is open. */
  open: string;
  choose: (id: string) => void;
};

/** Tabs as the ARIA pattern has them: one stop for the Tab key, arrows between them. */
export function showTabs({ label, tabs, open, choose }: Tabs): TemplateResult {
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === open);
    const steps: { [key: string]: number } = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const next = tabs.at((steps[event.key] ?? at) % tabs.length);
    if (!next || steps[event.key] === undefined) return;
    event.preventDefault();
    choose(next.id);
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${move}>
    ${tabs.map(
      ({ id, title }) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${id}"
          aria-selected=${id === open ? "true" : "false"}
          aria-controls="panel-${open}"
          tabindex=${id === open ? "0" : "-1"}
          @click=${() => choose(id)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}
