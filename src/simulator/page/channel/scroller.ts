import { html, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { icon } from "../icons.ts";

/** A list that stays at its newest entry, unless the reader has scrolled away from it. */
export type Scroller = {
  view(key: string, label: string, content: TemplateResult): TemplateResult;
  /** After something was drawn. */
  settle(): void;
};

const NEAR_PX = 40;

export function createScroller(): Scroller {
  let element: HTMLElement | null = null;
  let isAtEnd = true;
  let key = "";
  const watcher = new ResizeObserver(() => settle());

  function settle(): void {
    if (element && isAtEnd) element.scrollTop = element.scrollHeight;
    element?.parentElement?.classList.toggle("is-behind", !isAtEnd);
  }

  function scrolled(): void {
    if (!element) return;
    isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    element.parentElement?.classList.toggle("is-behind", !isAtEnd);
  }

  function toEnd(): void {
    isAtEnd = true;
    settle();
    element?.focus();
  }

  const attach = ref((found) => {
    watcher.disconnect();
    element = found instanceof HTMLElement ? found : null;
    if (!element) return;
    watcher.observe(element);
    if (element.firstElementChild) watcher.observe(element.firstElementChild);
  });

  return {
    view(nextKey, label, content) {
      if (nextKey !== key) isAtEnd = true;
      key = nextKey;
      return html`<div class="scroll-frame">
        <div class="scroller" role="region" tabindex="0" aria-label=${label} ${attach} @scroll=${scrolled}>
          <div>${content}</div>
        </div>
        <button type="button" class="to-end" @click=${toEnd}>${icon("down")} Newest messages</button>
      </div>`;
    },
    settle,
  };
}
