// The one script tag: finds itself in the page, reads its attributes, mounts the chat.

import { mount, type Handle } from './mount';
import { readOptions } from './options';

declare global {
  interface Window { flowengineChat?: Handle }
}

const script = document.currentScript instanceof HTMLScriptElement
  ? document.currentScript
  : document.querySelector<HTMLScriptElement>('script[data-key][src*="widget.js"]');

function begin(): void {
  if (!script || window.flowengineChat) return;
  const options = readOptions(script.src, script.dataset, { lang: document.documentElement.lang, languages: navigator.languages });
  if (options) window.flowengineChat = mount(options, script);
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
else begin();
