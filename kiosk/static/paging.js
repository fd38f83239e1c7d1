// A list that never scrolls: as many rows as fit, then 上一页 · 1 / 2 · 下一页.
import { html, useLayoutEffect, useRef, useState } from "/static/shared/vendor/htm-preact.module.js";
import { Icon } from "/static/shared/parts.js";
import { t } from "./words.js";

const MOST_IN_LARGE = 5;

/** How many rows of `row` rem fit in `height` px, with room for the page keys when not all do. */
function fitting(height, row, keys, count) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const all = Math.floor((height + 1) / (row * rem));
  return all >= count ? count : Math.max(1, Math.floor((height + 1 - keys * rem) / (row * rem)));
}

/** `draw(item)` is one row; the class `cls` says its height in rem as the custom property --row. */
export function Paged({ items, draw, cls, large, resets }) {
  const box = useRef();
  const [perPage, setPerPage] = useState(items.length);
  const [page, setPage] = useState(0);
  useLayoutEffect(() => setPage(0), [resets]);
  useLayoutEffect(() => {
    const measure = () => {
      const style = getComputedStyle(box.current);
      const row = parseFloat(style.getPropertyValue("--row"));
      const columns = parseInt(style.getPropertyValue("--columns")) || 1;
      const keys = parseFloat(style.getPropertyValue("--keys"));
      const rows = fitting(box.current.clientHeight, row, keys, Math.ceil(items.length / columns));
      setPerPage(large ? Math.min(rows * columns, MOST_IN_LARGE) : rows * columns);
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, [items.length, large]);
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const now = Math.min(page, pages - 1);
  const shown = items.slice(now * perPage, (now + 1) * perPage);
  return html`<div class="paged ${cls}" ref=${box}>
    <div class="rows">${shown.map(draw)}</div>
    ${pages > 1 &&
    html`<div class="pager">
      <button class="btn" disabled=${now === 0} onClick=${() => setPage(now - 1)}>
        <${Icon} name="i-back" />${t("previous")}
      </button>
      <span class="num" aria-live="polite">${t("page_of", { page: now + 1, pages })}</span>
      <button class="btn" disabled=${now === pages - 1} onClick=${() => setPage(now + 1)}>
        ${t("next")}<${Icon} name="i-arrow" />
      </button>
    </div>`}
  </div>`;
}
