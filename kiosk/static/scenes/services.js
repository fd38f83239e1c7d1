// 事项: those of a zone, or those that match what is typed; how many wait and how long in a fixed column.
import { html } from "/static/shared/vendor/htm-preact.module.js";
import { Icon, Tile } from "/static/shared/parts.js";
import { Paged } from "../paging.js";
import { Range } from "../range.js";
import { find, matchIn, nextLetters } from "../search.js";
import { levelOf } from "../tree.js";
import { areaOf, mayTake, nameOf, noTickets, noWindow, t, told } from "../words.js";

const KEYBOARD = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

export const Back = ({ onClick }) =>
  html`<button class="btn bk" aria-label=${t("back")} onClick=${onClick}><${Icon} name="i-back" /></button>`;

function Name({ service, query }) {
  const shown = nameOf(service);
  const at = shown === service.name && matchIn(service, query);
  if (!at) return shown;
  const chars = [...shown];
  return html`${chars.slice(0, at[0]).join("")}<em>${chars.slice(at[0], at[1]).join("")}</em>${chars
      .slice(at[1])
      .join("")}`;
}

function Waits({ queue, now }) {
  if (!mayTake(queue)) return html`<span class="v word">${noTickets(queue, now)}</span>`;
  const shut = noWindow(queue, now);
  if (queue.waiting === 0) return html`<span class="v word">${shut || t("no_wait")}</span>`;
  return html`<span class="v both">${t("waits")} <span class="num">${queue.waiting}</span> ${t("people")}<br /><${Range} estimate=${queue.estimate} else=${shut} /></span>`;
}

/** Names stand under each other: where one queue has two letters, every tile gets the room of two. */
const listClass = (services) => (services.some((each) => each.letters?.length > 1) ? "res wide" : "res");

const ONE_COLUMN = 4; // more rows than a screen that lies wide has room for stand in two columns there

/** Why no number, beside the word at the end of the row. */
const shutAside = (queue) => (queue?.open ? t("all_taken_aside") : told(queue?.sentence));

const Row = ({ service, view, query, choose }) => {
  const queue = view.queues[service.queue];
  const may = mayTake(queue);
  const left = may && queue.few_left && t("few_left", { n: queue.left });
  const aside = may ? [left, service.time_limit, service.department].filter(Boolean).join(" · ") : shutAside(queue);
  return html`<button key=${service.id} class="s" disabled=${!may} onClick=${() => choose(service)}>
    <${Tile} letters=${queue?.letters ?? service.letters} />
    <span class="what"><b><${Name} service=${service} query=${query} /></b>${aside && html`<small>${aside}</small>`}</span>
    <${Waits} queue=${queue} now=${view.now} />
    <${Icon} name="i-chevron" />
  </button>`;
};

/** A group of services: one more page to walk through. */
const Group = ({ group, letter, choose }) => html`<button key=${group.name} class="s group" onClick=${choose}>
  <${Tile} letters=${letter} /><span class="what"><b>${nameOf(group)}</b></span>
  <span class="v word">${t("items_n", { n: group.count })}</span><${Icon} name="i-chevron" />
</button>`;

export function ZoneServices({ view, services, settings, scene, go }) {
  const zone = view.zones.find((each) => each.id === scene.zone);
  const path = scene.path ?? [];
  const all = services.filter((service) => service.zone === scene.zone);
  const level = levelOf(all, path);
  const these = [...level.groups, ...level.services];
  const up = path.length ? { ...scene, path: path.slice(0, -1) } : { at: "home" };
  return html`<main class="services">
    <div class="head">
      <${Back} onClick=${() => go(up)} />
      <${Tile} letters=${zone?.letter} />
      <div>
        <h1>${path.length ? nameOf(level) : nameOf(zone)}</h1>
        <p class="q">
          ${[t("floor", { floor: zone?.floor }), zone?.windows && t("windows", { windows: zone.windows })]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      ${view.ways && zone && html`<button class="btn way-to" data-act="way" onClick=${() => go({ at: "way", zone: zone.id, from: scene })}><${Icon} name="i-way" />${t("how_to_go")}</button>`}
    </div>
    <p class="label">${t(level.groups.length ? "pick_group" : "pick_service")}</p>
    <${Paged}
      items=${these}
      cls=${`${listClass(these)}${these.length > ONE_COLUMN ? " columns" : ""}`}
      large=${settings.large}
      resets=${`${scene.zone} ${path.join(" ")}`}
      draw=${(service) =>
        service.path && service.count
          ? Group({ group: service, letter: zone?.letter, choose: () => go({ ...scene, path: service.path }) })
          : Row({ service, view, query: "", choose: () => go({ at: "confirm", service: service.id, from: scene }) })}
    />
  </main>`;
}

export function Search({ view, services, settings, scene, go }) {
  const query = scene.query;
  const type = (text) => go({ ...scene, query: text });
  const found = query ? find(services, query) : services;
  const live = nextLetters(services, query);
  const zones = [...new Set(found.map((service) => service.zone))];
  const zone = query && zones.length === 1 && view.zones.find((each) => each.id === zones[0]);
  return html`<main class="services searching">
    <div class="head">
      <${Back} onClick=${() => go({ at: "home" })} />
      <label class="search">
        <${Icon} name="i-search" />
        <input
          inputmode="none"
          autocomplete="off"
          spellcheck="false"
          aria-label=${t("search")}
          placeholder=${t("search_short")}
          value=${query}
          onInput=${(e) => type(e.target.value)}
          ref=${(input) => input && document.activeElement === document.body && input.focus()}
        />
        ${query &&
        html`<button class="x" onClick=${() => type("")}><${Icon} name="i-clear" />${t("clear")}</button>`}
      </label>
    </div>
    <p class="label row" aria-live="polite">
      <span role="heading" aria-level="1">${query && !found.length ? t("found_none", { query }) : t("found", { n: found.length })}</span>
      <span class="sp"></span>
      ${zone &&
      html`<span
        >${zone.letter} ${areaOf(zone)} · ${t("floor", { floor: zone.floor })}${zone.windows &&
        ` · ${t("windows", { windows: zone.windows })}`}</span
      >`}
    </p>
    <${Paged}
      items=${found}
      cls=${listClass(found)}
      large=${settings.large}
      resets=${query}
      draw=${(service) =>
        Row({ service, view, query, choose: () => go({ at: "confirm", service: service.id, from: scene }) })}
    />
    <div class="kb">
      ${KEYBOARD.map(
        (line, i) => html`<div key=${line}>
          ${i === 2 && html`<button class="w" onClick=${() => type("")}>${t("all_services")}</button>`}
          ${[...line].map(
            (letter) => html`<button
              key=${letter}
              class=${live.has(letter) ? "" : "dim"}
              disabled=${!live.has(letter)}
              onClick=${() => type(query + letter)}
            >
              ${letter.toUpperCase()}
            </button>`,
          )}
          ${i === 2 &&
          html`<button
            aria-label=${t("delete")}
            disabled=${!query}
            class=${query ? "" : "dim"}
            onClick=${() => type([...query].slice(0, -1).join(""))}
          >
            <${Icon} name="i-delete" />
          </button>`}
        </div>`,
      )}
    </div>
  </main>`;
}
