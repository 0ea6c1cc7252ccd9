import { svg, html, type TemplateResult } from "lit-html";

const shapes = {
  hash: svg`<path d="M9 4 7 20M17 4l-2 16M4 9h16M4 15h16" />`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2" /><path d="M8 11V8a4 4 0 0 1 8 0v3" />`,
  eye: svg`<path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z" /><circle cx="12" cy="12" r="2.8" />`,
  close: svg`<path d="M6 6l12 12M18 6 6 18" />`,
  send: svg`<path d="M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4" />`,
  thread: svg`<path d="M4 5h16v11H10l-4 4v-4H4z" /><path d="M8 9h8M8 12.5h5" />`,
  people: svg`<circle cx="9" cy="9" r="3.2" /><path d="M3 19c.6-3.3 3-5 6-5s5.4 1.7 6 5" /><path d="M15.5 6.2a3.1 3.1 0 0 1 0 5.8M17.5 14.3c2 .6 3.2 2.2 3.5 4.7" />`,
  home: svg`<path d="M4 11.5 12 5l8 6.5V20h-5.5v-5h-5v5H4z" />`,
  phone: svg`<path d="M6.5 3.5 9.8 4l1.2 4-2.1 1.7a12 12 0 0 0 5.4 5.4L16 13l4 1.2.5 3.3c0 1.7-1.3 3-3 3A15.5 15.5 0 0 1 3.5 6.5c0-1.7 1.3-3 3-3Z" />`,
  more: svg`<circle cx="5.5" cy="12" r="1.4" /><circle cx="12" cy="12" r="1.4" /><circle cx="18.5" cy="12" r="1.4" />`,
  sliders: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2.2" /><circle cx="9" cy="17" r="2.2" />`,
  sun: svg`<circle cx="12" cy="12" r="4" /><path d="M12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M18.4 5.6l-1.8 1.8M7.4 16.6l-1.8 1.8" />`,
  moon: svg`<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z" />`,
  auto: svg`<circle cx="12" cy="12" r="8" /><path d="M12 4a8 8 0 0 1 0 16Z" fill="currentColor" />`,
  back: svg`<path d="M14.5 5.5 8 12l6.5 6.5" />`,
  down: svg`<path d="M12 5v13M6 12.5l6 6 6-6" />`,
  warning: svg`<path d="M12 4 2.5 20h19z" /><path d="M12 10v4.5M12 17.2v.1" />`,
} as const;

/** Beside words that say the same, so not for screen readers. */
export function icon(name: keyof typeof shapes): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes[name]}</svg>`;
}
